"""Reads matrix.yaml, and says whether an answer fits its cell."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from httpx2 import Response

from tests.house.routes import Guarded

ACTORS = ("anonymous", "beheerder", "manager", "teamlid", "lezer", "elsewhere", "disabled", "expired")
OUTSIDE = ("anonymous", "disabled", "expired")
REFUSALS = {401, 403, 404}
Cell = str | int


@cache
def sheet() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text())


def row_of(route: Guarded) -> dict[str, Cell]:
    return dict(zip(ACTORS, sheet()["routes"][route.name], strict=True))


def changes_nothing(route: Guarded, actor: str, cell: Cell) -> bool:
    """Of who is signed in, a way to the sign-in page says that something was done: they signed out."""
    sent_away = cell == "refused" or cell in REFUSALS or (cell == "login" and actor in OUTSIDE)
    return route.method in ("GET", "HEAD") or sent_away


def seen(answer: Response) -> str:
    return f"{answer.status_code} {answer.headers.get('location', '')}".strip()


def fits(answer: Response, expected: Cell) -> bool:
    to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    if expected == "login":
        return to_login
    if expected == "refused":
        return answer.status_code in REFUSALS
    if expected == "allowed":
        return not to_login and answer.status_code not in REFUSALS and answer.status_code < 500
    return answer.status_code == expected and not to_login
