"""Makes each of the twenty likeliest mistakes on purpose, in a copy of the house, and shows that its test fails.

`python -m tests.mistakes.mutations [number ...]` prints a line a mistake; exit code 1 when one goes unnoticed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = (".venv", "node_modules")


@dataclass(frozen=True)
class Mistake:
    """`old` becomes `new` in `file`; the test whose name begins with `test_<number>_` must notice."""

    number: str
    file: str
    old: str
    new: str


ME = 'router = api_router("me", "me")\n'
USERS = "from sqlmodel import select\nfrom app.models.user.table import User\nfrom app.routers.dependencies import Db\n"
MISTAKES = (
    Mistake(
        "01",
        "app/main.py",
        '    app.mount("/static/dist"',
        "    from starlette.staticfiles import StaticFiles\n"
        '    app.mount("/data", StaticFiles(directory=settings().data))\n    app.mount("/static/dist"',
    ),
    Mistake(
        "02",
        "app/models/field_note/queries.py",
        "def matching(actor",
        "def visible_to(actor: Actor) -> SelectOfScalar[FieldNote]:\n"
        "    return select(FieldNote)\n\n\ndef matching(actor",
    ),
    Mistake(
        "03",
        "app/routers/api/me.py",
        ME,
        f'{ME}{USERS}@router.put("", summary="Me")\n'
        "def put(db: Db, actor: SignedIn, user: User) -> None:\n    db.merge(user)\n",
    ),
    Mistake(
        "04",
        "app/routers/api/me.py",
        ME,
        f'{ME}{USERS}@router.get("/everybody")\n'
        "def everybody(db: Db, actor: SignedIn) -> list[User]:\n    return list(db.exec(select(User)))\n",
    ),
    Mistake(
        "05",
        "app/routers/more.py",
        '@router.get("")',
        '@router.get("/figures")\ndef figures() -> dict[str, int]:\n    return {}\n\n\n@router.get("")',
    ),
    Mistake(
        "06",
        "app/routers/dependencies.py",
        'Db = Annotated[Session, Depends(get_db, scope="function")]',
        'Db = Annotated[Session, Depends(get_db, scope="request")]',
    ),
    Mistake("07", "app/models/user/signing_in.py", "    db.delete(session)\n", ""),
    Mistake("08", "app/models/user/signing_in.py", "        end_session(db, instead_of)\n", "        pass\n"),
    Mistake(
        "09",
        "app/routers/more.py",
        "def show(request: Request, actor: SignedIn) -> Response:\n",
        "def show(request: Request, actor: SignedIn) -> Response:\n"
        "    from app.database import database\n    from app.models.audit.noting import note\n"
        '    with database().writing() as db:\n        note(db, "user.changed", "user", actor.id, by=actor)\n',
    ),
    Mistake(
        "10",
        "app/middleware.py",
        '        address = (scope.get("client") or ("", 0))[0]\n',
        '        address = Headers(scope=scope).get("x-forwarded-for", "")\n',
    ),
    Mistake(
        "11",
        "app/models/user/signing_in.py",
        "    fits = matches(",
        "    if user is None:\n        return None\n    fits = matches(",
    ),
    Mistake(
        "12",
        "app/body_limit.py",
        '    if scope["state"].get("actor") is not None:\n        return\n',
        "    return\n",
    ),
    Mistake(
        "13",
        "app/models/attachment/photos.py",
        "    upright = _flat(",
        "    return Photo(content, content, 1, 1)\n    upright = _flat(",
    ),
    Mistake(
        "14", "app/models/attachment/photos.py", "MOST_PIXELS = 50_000_000", "MOST_PIXELS = 50_000_000_000"
    ),
    Mistake(
        "15",
        "app/models/export/cells.py",
        """["'" + text if text and text[0] in FORMULA else text for""",
        "[text for",
    ),
    Mistake("16", "app/templates/actions/_card.html", "{{ action.title }}", "{{ action.title | safe }}"),
    Mistake("17", "app/main.py", "openapi_url=None,", 'openapi_url="/openapi.json",'),
    Mistake("18", "app/routers/browsers.py", ' and not wanted.startswith("//")', ""),
    Mistake(
        "19",
        "app/models/action/commenting.py",
        "from sqlmodel import Session\n",
        "from sqlmodel import Session\nimport urllib.request\n",
    ),
    Mistake("20", "app/middleware.py", "route=route,", 'route=str(scope["query_string"]) + scope["path"],'),
)


def main(wanted: list[str]) -> int:
    unnoticed = 0
    with tempfile.TemporaryDirectory(prefix="klantsafari-mistakes-") as folder:
        house = copied(Path(folder))
        for mistake in MISTAKES:
            if not wanted or mistake.number in wanted:
                noticed = is_noticed(house, mistake)
                unnoticed += not noticed
                where = f"{mistake.number} {mistake.file}"
                print(f"{where:48} {'failed, as it should' if noticed else 'WENT UNNOTICED'}", flush=True)
    return 1 if unnoticed else 0


def copied(folder: Path) -> Path:
    house = folder / "house"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, house / name)
    shutil.copytree(ROOT / "app/static/dist", house / "app/static/dist")
    for name in SHARED:
        (house / name).symlink_to((ROOT / name).resolve())
    return house


def is_noticed(house: Path, mistake: Mistake) -> bool:
    place = house / mistake.file
    whole = place.read_text()
    if mistake.old not in whole:
        raise SystemExit(
            f"{mistake.number}: {mistake.file} has changed; the mistake must be made in another way"
        )
    place.write_text(whole.replace(mistake.old, mistake.new, 1))
    try:
        return tests_of(house, mistake.number) == 1
    finally:
        place.write_text(whole)


def tests_of(house: Path, number: str) -> int:
    """1 when a test failed; 2 and up when there was none, or it could not run."""
    asked = [
        sys.executable,
        "-m",
        "pytest",
        "tests/mistakes",
        "-k",
        f"test_{number}_",
        "-q",
        "-x",
        "--no-header",
    ]
    without = {name: value for name, value in os.environ.items() if name != "KLANTSAFARI_TEST_POSTGRES"}
    return subprocess.run(asked, cwd=house, env=without, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
