"""The whole API asked everything its description allows and much that it does not, by Schemathesis, over HTTP.

Bas may do most, Eva nearly nothing. Each answer must be one that is described, and never the server's own fault; each
question is also asked without a token and with a wrong one, and by methods that are not there.
"""

import json
import os
import subprocess
import sys
import urllib.request
from math import ceil
from pathlib import Path
from typing import Any

from app.database import database
from app.models.user import tokens
from app.models.user.table import User
from tests.cast import Cast
from tests.faults.house import House, house
from tests.house.examples import examples

ROOT = Path(__file__).parents[2]
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "ignored_auth",
    "unsupported_method",
)
EACH = 5
"""Made-up questions an operation for Eva; what is asked of its limits comes on top, and is as much for everybody."""


def _described(at: House, folder: Path) -> tuple[Path, int]:
    """The description as a file, and of how many operations."""
    file = folder / "openapi.json"
    asked = urllib.request.Request(f"{at.address}/api/v1/openapi.json", headers=at.headers)  # noqa: S310 - our own address
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own address
        file.write_bytes(answer.read())
    return file, sum(len(found) for found in json.loads(file.read_text())["paths"].values())


def _token_of(user_id: str) -> str:
    with database().writing() as db:
        token = tokens.create(db, db.get_one(User, user_id), name="vreemd")
    database().engine.dispose()
    return token


def _ask(at: House, described: Path, token: str, most: int, known: dict[str, str]) -> int:
    """How many questions were asked; AssertionError with what was wrong with an answer."""
    report = described.with_name("report.json")
    report.unlink(missing_ok=True)
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", str(described), f"--url={at.address}",
        f"--header=Authorization: Bearer {token}", f"--checks={','.join(CHECKS)}", "--phases=coverage,fuzzing",
        f"--max-examples={most}", "--seed=1", "--generation-deterministic", "--continue-on-failure", "--no-shrink",
        "--suppress-health-check=all", "--warnings=off", "--no-color", f"--report-json-path={report}",
    ]  # fmt: skip
    hooks = {"SCHEMATHESIS_HOOKS": "tests.faults.strange_hooks", "KLANTSAFARI_KNOWN_IDS": json.dumps(known)}
    # It keeps what it learned where it runs.
    hooks["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        command, cwd=described.parent, env=os.environ | hooks, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    found = json.loads(report.read_text())
    assert found["complete"], done.stdout[-6000:]
    assert not found["errors"], found["errors"]
    return found["test_cases"]["generated"]


def figures(times: int, folder: Path) -> dict[str, Any]:
    known: dict[str, str] = {}
    with house(folder, lambda db: known.update(examples(db))) as at:
        described, operations = _described(at, folder)
        evas = _ask(at, described, _token_of(Cast.eva), EACH, known)
        limits = evas - EACH * operations
        most = max(EACH, ceil((times - evas - limits) / operations) + 1)
        all_of_them = evas + _ask(at, described, at.token, most, known)
        found: dict[str, Any] = {
            "operations": operations,
            "questions": all_of_them,
            "of which by somebody who may read totals only": evas,
            "answers that were not as described": 0,
            "database whole": at.whole(),
        }
    assert found["questions"] >= times, found
    assert found["database whole"], found
    return found
