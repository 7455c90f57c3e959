"""Every route x every actor, against matrix.yaml, with a session and with a token. The sheet says how to add a row."""

from datetime import timedelta
from typing import Any

import pytest

from app.clock import now
from app.database import database
from app.middleware import HEADERS
from app.models.break_glass.table import BreakGlass
from tests.cast import Cast
from tests.house.conftest import Knock
from tests.house.matrix import ACTORS, REFUSALS, changes_nothing, fits, row_of, seen, sheet
from tests.house.routes import Guarded, routes
from tests.house.scene import Scene, session_of

KNOWN = [route for route in routes() if route.name in sheet()["routes"]]
WRITES = [
    pytest.param(route, actor, id=f"{route.name} {actor}")
    for route in KNOWN
    for actor, cell in row_of(route).items()
    if not changes_nothing(route, actor, cell)
]
LOOKS = {
    "GET /field-notes",
    "GET /field-notes/{note_id}",
    "POST /field-notes/{note_id}/contact",
    "POST /field-notes/{note_id}/voice",
    "GET /attachments/{attachment_id}",
    "GET /attachments/{attachment_id}/thumbnail",
}


def test_every_route_is_in_the_matrix_and_every_row_is_a_route():
    written, real = set(sheet()["routes"]), {route.name for route in routes()}
    assert real - written == set(), "routes without a row in tests/house/matrix.yaml"
    assert written - real == set(), "rows without a route"
    assert set(sheet()["send"]) - real == set()


def wrong_at(knock: Knock, scene: Scene, route: Guarded, actors: list[str]) -> dict[str, str]:
    """An API gives a token what it gives the session of the same person."""
    row, wrong = row_of(route), {}
    for actor in actors:
        ways = [False, True] if route.path.startswith("/api/") and actor in scene.tokens else [False]
        for by_token in ways:
            answer = knock(route, actor, by_token=by_token)
            bare = [name for name in HEADERS if name not in answer.headers]
            if bare or not fits(answer, row[actor]):
                way = f"{actor} by token" if by_token else actor
                wrong[way] = f"{row[actor]}, not {seen(answer)}; without {bare}"
    return wrong


@pytest.mark.parametrize("route", KNOWN, ids=lambda route: route.name)
def test_each_actor_sees_what_the_matrix_says(knock: Knock, scene: Scene, route: Guarded):
    looking = [actor for actor, cell in row_of(route).items() if changes_nothing(route, actor, cell)]
    assert wrong_at(knock, scene, route, looking) == {}


@pytest.mark.parametrize(("route", "actor"), WRITES)
def test_each_actor_may_change_what_the_matrix_says(
    knock_anew: Knock, scene: Scene, route: Guarded, actor: str
):
    assert wrong_at(knock_anew, scene, route, [actor]) == {}


def test_the_matrix_has_a_cell_for_every_actor_and_each_is_tested():
    looked = sum(
        changes_nothing(route, actor, cell) for route in KNOWN for actor, cell in row_of(route).items()
    )
    assert looked + len(WRITES) == len(routes()) * len(ACTORS)


def test_who_works_nowhere_may_nothing(knock: Knock):
    guarded = [route for route in routes() if route.permissions - {"public", "signed in"}]
    assert guarded
    ways: list[dict[str, Any]] = [{}, {"by_token": True}]
    open_to_all = {
        route.name
        for route in guarded
        for way in ways[: 2 if route.path.startswith("/api/") else 1]
        if knock(route, "nowhere", **way).status_code not in REFUSALS
    }
    assert open_to_all == set()


@pytest.mark.parametrize("actor", ["unconfirmed", "unconfirmed manager"])
def test_who_did_not_just_show_that_it_is_them_is_asked_to(knock: Knock, actor: str):
    confirmed = [route for route in routes() if route.confirmed]
    assert confirmed
    for route in confirmed:
        answer = knock(route, actor)
        asked = answer.headers.get("location", "").startswith("/session/confirmation")
        assert asked or answer.status_code in REFUSALS, route.name


@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_broken_glass_opens_a_few_looks_at_one_place_and_nothing_else(knock: Knock, scene: Scene, where: str):
    """Else a beheerder gets what a beheerder gets."""
    assert {route.name for route in routes() if route.in_emergency} == LOOKS
    actor = f"emergency {where}"
    with database().writing() as db:
        device = session_of(db, scene.cookies[actor])
        place = Cast.town_hall if where == "here" else Cast.branch
        given: dict[str, Any] = {"user_id": Cast.anna, "location_id": place, "session_id": device.id}
        db.add(BreakGlass(**given, reason="Een klant vroeg erom", ends_at=now() + timedelta(hours=1)))
    wrong = {}
    for route in KNOWN:
        cell = row_of(route)["beheerder"]
        if route.in_emergency:
            cell = 200 if where == "here" or route.name == "GET /field-notes" else 404
        elif not changes_nothing(route, "beheerder", cell):
            continue
        answer = knock(route, actor)
        if not fits(answer, cell):
            wrong[route.name] = f"{cell}, not {seen(answer)}"
    assert wrong == {}
