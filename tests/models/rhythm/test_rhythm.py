"""A rhythm is set by who leads safaris there, and shows whose turn it is."""

from datetime import timedelta

import pytest

from app.clock import now, today
from app.errors import Invalid, NotFound
from app.models.reminder import gathering
from app.models.reminder.kinds import Kind
from app.models.rhythm import calendars, queries, setting
from app.models.rhythm.planning import monday_of
from app.models.rhythm.schemas import RhythmDraft
from app.models.safari.table import SafariState
from app.models.user.table import User
from tests.makers_reminder import action
from tests.makers_safari import safari


def every_four_weeks(db, by, user_id):
    there = setting.place(db, by, setting.places(db, by)[0].id)
    setting.set_rhythm(db, there, RhythmDraft(user_id=user_id), by=by)
    return there


def test_bas_has_a_turn_this_week_then_a_plan_and_then_four_weeks_rest(db, cast, actor):
    bas = actor(cast.bas)
    every_four_weeks(db, bas, cast.bas)
    every_four_weeks(db, bas, cast.bas)
    (turn,) = queries.mine(db, bas)
    assert (turn.week, turn.is_time, turn.overdue) == (monday_of(today()), True, False)
    assert [one.kind for one in gathering.gather(db, bas, today())] == [Kind.RHYTHM]
    planned = safari(db, state=SafariState.PLANNED, planned_for=now() + timedelta(days=3))
    assert not queries.mine(db, bas)[0].is_time
    planned.state, planned.started_at = SafariState.CLOSED, now()
    db.flush()
    (turn,) = queries.mine(db, bas)
    assert (turn.last, turn.week) == (today(), monday_of(today()) + timedelta(weeks=4))


def test_it_was_time_long_ago_and_can_still_be_planned(db, cast, actor):
    bas = actor(cast.bas)
    there = every_four_weeks(db, bas, cast.bas)
    rhythm = setting.of(db, there, cast.bas)
    assert rhythm is not None
    rhythm.begins_on = today() - timedelta(weeks=9)
    db.flush()
    (turn,) = queries.turns(db, bas)
    assert turn.overdue
    assert turn.suggested.date() > today()


def test_only_who_leads_safaris_there_sets_sees_and_stops_it(db, cast, actor):
    bas, dirk = actor(cast.bas), actor(cast.dirk)
    there = every_four_weeks(db, bas, cast.bas)
    rhythm = setting.of(db, there, cast.bas)
    assert rhythm is not None
    for stranger in (dirk, actor(cast.carla), actor(cast.eva), actor(cast.anna)):
        assert queries.turns(db, stranger) == []
        with pytest.raises(NotFound):
            setting.place(db, stranger, there.id)
        with pytest.raises(NotFound):
            setting.stop(db, rhythm.id, by=stranger)
    with pytest.raises(Invalid):
        setting.set_rhythm(db, there, RhythmDraft(user_id=cast.carla), by=bas)
    setting.stop(db, rhythm.id, by=bas)
    assert queries.turns(db, bas) == []


def test_who_went_is_seen_with_a_name_by_leaders_and_as_a_number_by_others(db, cast, actor):
    safari(db, state=SafariState.CLOSED)
    safari(db, state=SafariState.CLOSED)
    (one,) = queries.went(db, actor(cast.bas))
    assert (one.person.id, one.times, one.last) == (cast.bas, 2, today())
    assert queries.went(db, actor(cast.eva)) == []
    (place,) = queries.places(db, actor(cast.eva))
    assert (place.times, place.last) == (2, today())
    assert queries.places(db, actor(cast.anna)) == []


def test_a_calendar_has_safaris_and_due_dates_and_its_link_can_be_taken_back(db, cast, actor):
    bas = actor(cast.bas)
    safari(db, state=SafariState.PLANNED, planned_for=now() + timedelta(days=3))
    action(db, title="Eén nummer; ook ’s avonds", description="De klant zei: schande!")
    action(db, title="Van Carla", owner_id=cast.carla)
    token = calendars.make_link(db, by=bas)
    said = calendars.feed(db, calendars.owner(db, token), base="https://x.example").decode()
    assert "SUMMARY:Safari: Stadskantoor" in said
    assert "SUMMARY:Eén nummer\\; ook ’s avonds" in said
    for absent in ("schande", "Van Carla"):
        assert absent not in said
    newer = calendars.make_link(db, by=bas)
    for old in (token, "", "guessed"):
        with pytest.raises(NotFound):
            calendars.owner(db, old)
    db.get_one(User, cast.bas).disabled_at = now()
    db.flush()
    with pytest.raises(NotFound):
        calendars.owner(db, newer)
