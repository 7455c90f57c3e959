import asyncio

import pytest
from fastapi.testclient import TestClient
from httpx2 import ASGITransport, AsyncClient
from sqlmodel import select

from app.database import database
from app.models.access import Role
from app.models.guide.table import Question
from app.models.location.table import Location, LocationKind
from app.models.tag.table import Tag
from app.models.user.table import Membership, User
from tests.conftest import ORIGIN, browser, served
from tests.waiting import wait_for

SAME_SITE = {"sec-fetch-site": "same-origin"}
FIRST = {
    "organisation": "Gemeente Elzenmeer",
    "location": "Stadskantoor",
    "name": "Anna Bakker",
    "email": "Anna@Elzenmeer.example",
    "password": "zeven groene fietsen",
}


@pytest.fixture
def newcomer(empty_stage) -> TestClient:
    return browser()


def test_the_first_visit_asks_for_the_first_beheerder(newcomer: TestClient):
    assert newcomer.get("/").headers["location"] == "/setup"
    page = newcomer.get("/setup")
    assert page.status_code == 200
    assert "beheerder én manager" in page.text


def test_after_setting_up_one_person_can_do_everything(newcomer: TestClient):
    answer = newcomer.post("/setup", data=FIRST)
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    assert newcomer.get("/me").status_code == 200
    assert newcomer.get("/settings/users").status_code == 200
    with database().reading() as db:
        assert db.exec(select(User.email)).one() == "anna@elzenmeer.example"
        assert set(db.exec(select(Membership.role))) == {Role.ADMIN, Role.MANAGER}
        assert {(place.name, place.kind) for place in db.exec(select(Location))} == {
            ("Gemeente Elzenmeer", LocationKind.ORGANISATION),
            ("Stadskantoor", LocationKind.LOCATION),
        }
        assert db.exec(select(Tag)).first()
        assert db.exec(select(Question)).first()


def test_setting_up_twice_is_not_there(newcomer: TestClient):
    newcomer.post("/setup", data=FIRST)
    for other in (newcomer, browser()):
        assert other.get("/setup").status_code == 404
        assert other.post("/setup", data=FIRST).status_code == 404
        assert other.post("/setup", data={}).status_code == 404


def test_of_two_at_the_same_moment_one_sets_up(newcomer: TestClient):
    app = served()

    async def post(name: str) -> int:
        visitor = AsyncClient(transport=ASGITransport(app), base_url=ORIGIN, headers=SAME_SITE)
        async with visitor:
            return (
                await visitor.post("/setup", data=FIRST | {"email": f"{name}@elzenmeer.example"})
            ).status_code

    async def at_once() -> list[int]:
        return sorted(await asyncio.gather(*map(post, ["anna", "bas", "carla", "dirk"])))

    assert wait_for(at_once()) == [303, 404, 404, 404]
    with database().reading() as db:
        assert len(db.exec(select(User)).all()) == 1
        assert len(db.exec(select(Location)).all()) == 2


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("kort", "minstens 12"),
        ("welkomwelkom", "herhaalt"),
        ("anna-anna-12-x", "naam"),
        ("klantsafari2026!", "Klantsafari"),
        ("qwertyuiop123", "geraden"),
        ("Wachtwoord2026!", "geraden"),
    ],
)
def test_a_weak_password_is_refused_at_its_field_and_the_rest_is_kept(newcomer: TestClient, password, says):
    answer = newcomer.post("/setup", data=FIRST | {"password": password})
    assert answer.status_code == 422
    assert says in answer.text
    assert "Gemeente Elzenmeer" in answer.text
    assert f'value="{password}"' not in answer.text


def test_a_wrong_address_is_named_at_its_field(newcomer: TestClient):
    answer = newcomer.post("/setup", data=FIRST | {"email": "anna bij gemeente"})
    assert answer.status_code == 422
    assert "Dit is geen e-mailadres" in answer.text
    assert "anna bij gemeente" in answer.text
