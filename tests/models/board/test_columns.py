from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.clock import now, today
from app.errors import Invalid
from app.models.action.filter import ActionFilter
from app.models.action.table import ActionKind, ImprovementAction, Room, Step
from app.models.board import columns
from app.models.board.cards import days_late, days_waiting
from app.models.field_note.table import Contact
from app.models.paging import cursor_of
from tests.counting import counted_queries
from tests.makers_action import FIRST, SECOND, many, raised, story


def an_action(**fields: Any) -> ImprovementAction:
    return ImprovementAction(location_id="", title="", kind=ActionKind.CLEAR, moved_at=now(), **fields)


def by_step(found):
    return {column.step: column for column in found}


def test_a_card_bears_its_first_quote_and_its_number_of_customers(db, cast, actor):
    bas = actor(cast.bas)
    action = raised(db, bas, story(db, cast.town_hall, cast.bas), quotes=[SECOND, FIRST], owner_id=cast.carla)
    (card,) = by_step(columns.board(db, bas, ActionFilter()))[Step.NEW].cards
    assert (card.action.id, card.owner, card.customers) == (action.id, "Carla Smit", 1)
    assert card.quote.quote == "Ik wilde juist iemand spreken."
    assert card.changeable


def test_eva_sees_the_board_and_dirk_sees_his_own(db, cast, actor):
    raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    (card,) = by_step(columns.board(db, actor(cast.eva), ActionFilter()))[Step.NEW].cards
    assert not card.changeable
    assert all(column.count == 0 for column in columns.board(db, actor(cast.dirk), ActionFilter()))


def test_the_quiet_steps_are_folded_until_opened(db, cast, actor):
    many(db, cast.town_hall, 12)
    told = by_step(columns.board(db, actor(cast.bas), ActionFilter()))[Step.TOLD]
    assert (told.count, told.cards, told.folded) == (2, [], True)
    told = by_step(columns.board(db, actor(cast.bas), ActionFilter(), opened=[Step.TOLD]))[Step.TOLD]
    assert (len(told.cards), told.folded) == (2, False)


def test_a_long_column_goes_on_below_its_cursor(db, cast, actor):
    many(db, cast.town_hall, 6 * 120)
    bas, seen = actor(cast.bas), []
    column = by_step(columns.board(db, bas, ActionFilter()))[Step.DOING]
    assert (column.count, len(column.cards)) == (120, 50)
    while True:
        seen += [card.action.id for card in column.cards]
        if not column.next:
            break
        column = columns.more(db, bas, ActionFilter(), Step.DOING, column.next)
    assert len(seen) == len(set(seen)) == 120


def test_cards_on_one_position_are_all_seen(db, cast, actor):
    many(db, cast.town_hall, 6 * 60)
    db.execute(update(ImprovementAction).values(position=1.0))
    first = by_step(columns.board(db, actor(cast.bas), ActionFilter()))[Step.NEW]
    rest = columns.more(db, actor(cast.bas), ActionFilter(), Step.NEW, first.next)
    assert len({card.action.id for card in [*first.cards, *rest.cards]}) == 60


@pytest.mark.parametrize("cursor", ["onzin", cursor_of("geen getal", "x"), cursor_of("1.0")])
def test_a_cursor_that_is_none_is_refused(db, cast, actor, cursor):
    with pytest.raises(Invalid):
        columns.more(db, actor(cast.bas), ActionFilter(), Step.NEW, cursor)


@pytest.mark.parametrize(
    ("only", "number"),
    [
        ({}, 2),
        ({"kind": "keep"}, 1),
        ({"team": "counter_team"}, 1),
        ({"team": "branch_team"}, 0),
        ({"location": "city"}, 2),
        ({"location": "branch"}, 0),
        ({"location": "", "kind": ""}, 2),
        ({"from": "2020-01-01", "to": "2020-12-31"}, 0),
    ],
)
def test_the_filter_narrows_counts_and_cards_alike(db, cast, actor, only, number):
    bas, note = actor(cast.bas), story(db, cast.town_hall, cast.bas)
    raised(db, bas, note, kind="keep")
    raised(db, bas, note, team_ids=[cast.counter_team])
    only = ActionFilter.model_validate({k: getattr(cast, v, v) for k, v in only.items()})
    column = by_step(columns.board(db, bas, only))[Step.NEW]
    assert (column.count, len(column.cards)) == (number, number)


def test_the_number_of_questions_does_not_grow(db, cast, actor):
    bas, note = actor(cast.bas), story(db, cast.town_hall, cast.bas)
    asked = []
    for number in (6, 300):
        many(db, cast.town_hall, number, quoting=note)
        with counted_queries() as questions:
            columns.board(db, bas, ActionFilter(), opened=columns.QUIET)
        asked.append(len(questions))
    assert asked == [6, 6]


def test_done_says_who_still_waits_for_a_call(db, cast, actor):
    bas, note = actor(cast.bas), story(db, cast.town_hall, cast.bas)
    raised(db, bas, note).step = Step.DONE
    db.add(Contact(note_id=note.id, reach=b"x"))
    db.flush()
    (card,) = by_step(columns.board(db, bas, ActionFilter()))[Step.DONE].cards
    assert card.untold == 1


def test_late_counts_days_and_only_while_it_is_open():
    action = an_action(due_on=today() - timedelta(days=2), step=Step.DOING)
    assert days_late(action, today()) == 2
    action.step = Step.DONE
    assert days_late(action, today()) == 0
    assert days_late(an_action(due_on=today()), today()) == 0


def test_waiting_counts_days_only_for_who_waits():
    action = an_action(room=Room.WAITING, room_since=now() - timedelta(days=6))
    assert days_waiting(action, today()) == 6
    action.room = Room.OWN
    assert days_waiting(action, today()) == 0
