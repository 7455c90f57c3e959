"""(e) Questions to the database for a page with few rows and with many: they must be as many."""

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from app.database import database
from app.main import create_app
from tests.bench.server import prepare
from tests.cast import Cast
from tests.conftest import ORIGIN
from tests.counting import counted_queries
from tests.makers_action import many, story
from tests.makers_bulk import many_notes
from tests.makers_note import running_safari

PAGES = (
    "/today",
    "/safaris",
    "/field-notes",
    "/actions",
    "/exports/field-notes.csv",
    "/exports/actions.csv",
    "/api/v1/field-notes?limit=200",
    "/api/v1/actions?limit=200",
)
FEW, MANY = 12, 150


def _counts(client: TestClient) -> dict[str, int]:
    found = {}
    for page in PAGES:
        client.get(page)
        with counted_queries() as sent:
            client.get(page).raise_for_status()
        found[page] = len(sent)
    return found


def _add(number: int) -> None:
    with database().writing() as db:
        many_notes(db, running_safari(db, Cast.town_hall, Cast.bas), number, characters=100)
        many(db, Cast.town_hall, number, quoting=story(db, Cast.town_hall, Cast.bas))


def measure(folder: Path) -> dict[str, Any]:
    _, cookie = prepare(folder)
    client = TestClient(create_app(), base_url=ORIGIN, headers={"cookie": cookie})
    _add(FEW)
    few = _counts(client)
    _add(MANY)
    many_rows = _counts(client)
    return {page: {"few": few[page], "many": many_rows[page]} for page in PAGES}
