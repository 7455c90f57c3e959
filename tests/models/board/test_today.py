from datetime import date, timedelta

import pytest

from app.clock import now
from app.models.action.table import ActionKind, ImprovementAction, Room, Step
from app.models.board import today
from app.models.field_note.table import NoteKind, TaggingState
from tests.makers_safari import note, safari, suggestion

DAY = date(2026, 11, 24)


def action(db, cast, **changes):
    values = {
        "location_id": cast.town_hall,
        "title": "Eén nummer",
        "kind": ActionKind.CLEAR,
        "moved_at": now(),
    }
    made = ImprovementAction(**values | changes)
    db.add(made)
    db.flush()
    return made.id


def ids(actions):
    return [found.id for found in actions]


def test_bas_sees_his_late_and_soon_actions_and_no_others(db, cast, actor):
    his = {"owner_id": cast.bas}
    soon = action(db, cast, due_on=DAY + timedelta(days=3), **his)
    late = action(db, cast, due_on=DAY - timedelta(days=2), **his)
    action(db, cast, due_on=DAY + timedelta(days=4), **his)
    action(db, cast, due_on=DAY, step=Step.DONE, **his)
    action(db, cast, due_on=DAY, owner_id=cast.carla)
    action(db, cast, **his)
    assert ids(today.due(db, actor(cast.bas), DAY)) == [late, soon]


def test_who_can_give_room_sees_who_waits_for_it(db, cast, actor):
    days = lambda n: now() - timedelta(days=n)  # noqa: E731
    short = action(db, cast, room=Room.WAITING, room_since=days(1))
    long = action(db, cast, room=Room.WAITING, room_since=days(6), owner_id=cast.carla)
    action(db, cast, room=Room.WAITING, room_since=days(9), step=Step.NOT_NOW)
    action(db, cast, room=Room.OWN)
    assert ids(today.waiting(db, actor(cast.bas))) == [long, short]
    assert ids(today.waiting(db, actor(cast.carla))) == [long]
    assert ids(today.waiting(db, actor(cast.dirk))) == []


def test_eva_reads_what_moved_on_her_board(db, cast, actor):
    first = action(db, cast, moved_at=now() - timedelta(days=1))
    last = action(db, cast)
    action(db, cast, location_id=cast.branch)
    assert ids(today.moved(db, actor(cast.eva))) == [last, first]


def test_only_suggestions_in_notes_you_may_read_ask_for_you(db, cast, actor):
    told = note(db, safari(db))
    suggestion(db, told)
    suggestion(db, note(db, safari(db)), state=TaggingState.ACCEPTED)
    suggestion(db, note(db, safari(db), erased_at=now()))
    assert today.labels_to_check(db, actor(cast.bas)) == 1
    for nobody in (cast.dirk, cast.eva, cast.anna):
        assert today.labels_to_check(db, actor(nobody)) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"headline_literal": False},
        {"held_at": now() - timedelta(days=8)},
        {"kind": NoteKind.OBSERVATION},
        {"headline": ""},
        {"erased_at": now()},
    ],
)
def test_only_fresh_literal_words_are_quoted(db, cast, actor, changes):
    running = safari(db)
    note(db, running, **{"headline_literal": True} | changes)
    assert today.fresh_words(db, actor(cast.bas)) is None
    said = note(db, running, headline_literal=True)
    assert today.fresh_words(db, actor(cast.bas)) is said
    assert today.fresh_words(db, actor(cast.eva)) is None
