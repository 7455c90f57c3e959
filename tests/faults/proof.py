"""`make proof`: every row of the fault table at full numbers; `python -m tests.faults.proof replays` only that one.

Each row is merged into docs/proof.json as soon as it is done. `--small` runs what `make test` runs, and keeps nothing.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.faults.table import JSON, ROWS, Row, spoken

ROOT = Path(__file__).parents[2]


def run(row: Row, times: int) -> dict[str, Any]:
    """Figures and circumstances; AssertionError with the figures when one does not hold."""
    module = import_module(f"tests.faults.{row.module}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="klantsafari-proof-") as folder:
        figures = module.figures(times, Path(folder))
    return {
        "figures": figures,
        "seconds": round(time.monotonic() - began),
        "commit": _commit(),
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
    }


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def keep(name: str, result: dict[str, Any]) -> None:
    known = json.loads(JSON.read_text()) if JSON.exists() else {}
    known[name] = result
    ordered = {row.module: known[row.module] for row in ROWS if row.module in known}
    JSON.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n")


def main(arguments: list[str]) -> int:
    names = [row.module for row in ROWS]
    parser = argparse.ArgumentParser(prog="python -m tests.faults.proof")
    parser.add_argument("rows", nargs="*", metavar="row", help=f"of: {', '.join(names)}")
    parser.add_argument("--small", action="store_true", help="the numbers of `make test`; nothing is kept")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.rows) - set(names):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    failed = 0
    for row in ROWS:
        if asked.rows and row.module not in asked.rows:
            continue
        try:
            result = run(row, row.small if asked.small else row.full)
        except AssertionError as broken:
            print(f"{row.module}: DOES NOT HOLD: {broken}", file=sys.stderr)
            failed += 1
            continue
        if not asked.small:
            keep(row.module, result)
        print(f"{row.module}: {spoken(result['figures'])} ({result['seconds']} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
