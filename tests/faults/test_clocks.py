"""Clocks that are far off, and bookmarks and filters that somebody made up."""

import json
from datetime import UTC, date, datetime

import pytest

from app.clock import begin_of, new_id
from app.models.action.table import ActionKind, ImprovementAction, Room
from app.models.board.cards import days_waiting
from app.models.paging import cursor_of
from tests.makers_note import interview, running_safari

LISTS = ("/safaris?", "/field-notes?", "/api/v1/safaris?", "/api/v1/actions?", "/api/v1/field-notes?")
DATED = (
    "/field-notes?",
    "/actions?",
    "/api/v1/actions?",
    "/exports/field-notes.csv?",
    "/exports/actions.csv?",
)


@pytest.mark.parametrize("held_at", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_note_of_carla_from_beyond_the_calendar_is_refused_and_breaks_no_page(as_user, cast, db, held_at):
    safari = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    carla = as_user(cast.carla)
    draft = json.dumps(interview(safari.id, held_at=held_at))
    sent = carla.put(
        f"/api/v1/field-notes/{new_id()}", content=draft, headers={"content-type": "application/json"}
    )
    assert sent.status_code == 422
    for page in ("/today", "/field-notes", f"/safaris/{safari.id}"):
        assert carla.get(page).status_code == 200, page


def test_bas_cannot_plan_a_safari_for_a_year_that_no_page_can_show(as_user, cast, db):
    version = running_safari(db, cast.town_hall, cast.bas).guide_version_id
    db.commit()
    bas = as_user(cast.bas)
    plan = {"location_id": cast.town_hall, "guide_version_id": version, "target": 5}
    answer = bas.post("/safaris", data=plan | {"planned_for": "9999-12-31T23:59:59Z"})
    assert answer.status_code == 422
    assert bas.get("/safaris").status_code == 200


@pytest.mark.parametrize("at", ["2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "yesterday"])
@pytest.mark.parametrize("path", LISTS)
def test_a_bookmark_that_somebody_made_up_is_said_to_be_unreadable(as_user, cast, path, at):
    assert as_user(cast.bas).get(f"{path}cursor={cursor_of(at, 'x')}").status_code == 422


@pytest.mark.parametrize("days", ["from=0001-01-01", "to=9999-12-31"])
@pytest.mark.parametrize("path", DATED)
def test_a_filter_up_to_the_ends_of_the_calendar_is_simply_all(as_user, cast, path, days):
    assert as_user(cast.bas).get(f"{path}{days}").status_code == 200


def test_what_waits_since_half_past_midnight_has_not_waited_a_day_at_breakfast():
    since = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    waiting = ImprovementAction(
        location_id="", title="Een balie erbij", kind=ActionKind.ROOM, room=Room.WAITING, room_since=since
    )
    assert days_waiting(waiting, date(2026, 11, 24)) == 0
    assert days_waiting(waiting, date(2026, 11, 25)) == 1


def test_a_day_begins_at_our_own_midnight_also_when_the_clock_changes():
    assert begin_of(date(2026, 3, 29)).astimezone(UTC) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert begin_of(date(2026, 3, 30)).astimezone(UTC) == datetime(2026, 3, 29, 22, tzinfo=UTC)
