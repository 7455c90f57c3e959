"""Every route x every actor, against matrix.yaml. The sheet itself says how to add a row."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, select

from app.clock import now
from app.middleware import HEADERS
from app.models.access import Role
from app.models.user.actors import digest
from app.models.user.table import Membership, User, UserSession
from tests.cast import Cast
from tests.conftest import ORIGIN
from tests.house.examples import examples
from tests.house.routes import Guarded, app, routes
from tests.makers import session_cookie

ACTORS = ("anonymous", "beheerder", "manager", "teamlid", "lezer", "elsewhere", "disabled", "expired")
REFUSALS = {401, 403, 404}


@cache
def sheet() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text())


def cells() -> list[Any]:
    """Refused and safe cells share one database a route; each write that may succeed gets a fresh one."""
    found = []
    for route in routes():
        row = sheet()["routes"].get(route.name)
        if row is None:
            continue
        writes = [
            a for a, cell in zip(ACTORS, row, strict=True) if route.method != "GET" and not _refused(cell)
        ]
        together = [actor for actor in ACTORS if actor not in writes]
        found.append(pytest.param(route, together, id=f"{route.name} refused" if writes else route.name))
        found += [pytest.param(route, [actor], id=f"{route.name} {actor}") for actor in writes]
    return found


def _refused(cell: str | int) -> bool:
    return cell in ("login", "refused") or cell in REFUSALS


def test_every_route_is_in_the_matrix_and_every_row_is_a_route():
    written, real = set(sheet()["routes"]), {route.name for route in routes()}
    assert real - written == set(), "routes without a row in tests/house/matrix.yaml"
    assert written - real == set(), "rows without a route"
    assert set(sheet()["send"]) - real == set()


@pytest.fixture
def knock(db: Session) -> Callable[[Guarded, str], Response]:
    """knock(route, actor): the answer that actor gets, with the examples filled in."""
    ids = examples(db)
    cookies = _cookies(db)
    db.commit()

    def ask(route: Guarded, actor: str) -> Response:
        headers = {"sec-fetch-site": "same-origin"}
        if cookie := cookies[actor]:
            headers["cookie"] = cookie
        client = TestClient(app(), base_url=ORIGIN, headers=headers, follow_redirects=False)
        sent = dict(sheet()["send"].get(route.name, {}))
        own = ids | _filled(sent.pop("ids", {}), ids)
        return client.request(route.method, route.path.format_map(own), **_filled(sent, own))

    return ask


def _cookies(db: Session) -> dict[str, str | None]:
    who = {"beheerder": Cast.anna, "manager": Cast.bas, "teamlid": Cast.carla, "lezer": Cast.eva}
    cookies: dict[str, str | None] = {actor: session_cookie(db, user) for actor, user in who.items()}
    cookies |= {"anonymous": None, "elsewhere": session_cookie(db, Cast.dirk)}
    gone = User(email="frits@klantsafari.example", name="Frits", disabled_at=now())
    nowhere = User(email="gerda@klantsafari.example", name="Gerda")
    db.add_all([gone, nowhere])
    db.flush()
    db.add(Membership(user_id=gone.id, location_id=Cast.town_hall, role=Role.MANAGER))
    cookies |= {"disabled": session_cookie(db, gone.id), "nowhere": session_cookie(db, nowhere.id)}
    long_ago = session_cookie(db, Cast.anna, confirmed=timedelta(hours=1))
    cookies |= {"unconfirmed": long_ago, "unconfirmed manager": session_cookie(db, Cast.bas, confirmed=None)}
    cookies["expired"] = session_cookie(db, Cast.bas)
    db.flush()
    token = str(cookies["expired"]).partition("=")[2]
    session = db.exec(select(UserSession).where(UserSession.token_hash == digest(token))).one()
    session.expires_at = now() - timedelta(seconds=1)
    return cookies


def _filled(sent: Any, ids: dict[str, str]) -> Any:
    if isinstance(sent, str):
        return sent.format_map(ids)
    if isinstance(sent, list):
        return [_filled(value, ids) for value in sent]
    if isinstance(sent, dict):
        return {key: _filled(value, ids) for key, value in sent.items()}
    return sent


@pytest.mark.parametrize(("route", "actors"), cells())
def test_each_actor_gets_what_the_matrix_says(
    knock: Callable[[Guarded, str], Response], route: Guarded, actors: list[str]
):
    expected = dict(zip(ACTORS, sheet()["routes"][route.name], strict=True))
    got = {actor: knock(route, actor) for actor in actors}
    wrong = {a: f"{expected[a]}, not {_seen(got[a])}" for a in actors if not _fits(got[a], expected[a])}
    assert wrong == {}
    bare = {a: name for a, answer in got.items() for name in HEADERS if name not in answer.headers}
    assert bare == {}


def _seen(answer: Response) -> str:
    return f"{answer.status_code} {answer.headers.get('location', '')}".strip()


def _fits(answer: Response, expected: str | int) -> bool:
    to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    if expected == "login":
        return to_login
    if expected == "refused":
        return answer.status_code in REFUSALS
    if expected == "allowed":
        return not to_login and answer.status_code not in REFUSALS and answer.status_code < 500
    return answer.status_code == expected and not to_login


GUARDED = [route for route in routes() if route.permissions - {"public", "signed in"}]


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_who_works_nowhere_may_nothing(knock: Callable[[Guarded, str], Response], route: Guarded):
    assert knock(route, "nowhere").status_code in REFUSALS


CONFIRMED = [route for route in routes() if route.confirmed]


@pytest.mark.parametrize("route", CONFIRMED, ids=lambda route: route.name)
@pytest.mark.parametrize("actor", ["unconfirmed", "unconfirmed manager"])
def test_who_did_not_just_show_that_it_is_them_is_asked_to(
    knock: Callable[[Guarded, str], Response], route: Guarded, actor: str
):
    answer = knock(route, actor)
    asked = answer.headers.get("location", "").startswith("/session/confirmation")
    assert asked or answer.status_code in REFUSALS
