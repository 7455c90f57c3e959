from datetime import timedelta

from app.clock import now
from app.models.action.filter import ActionFilter
from app.models.action.history import history
from app.models.action.signals import Signal
from app.models.action.table import ActionKind, ImprovementAction, Room, Step
from app.models.board import archive, columns, still
from app.models.board.signalled import signals
from app.models.field_note.table import Contact
from tests.makers_action import raised, story

DAY = timedelta(days=1)


def lying(db, actor, cast, days, **fields):
    action = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), **fields)
    action.stirred_at = action.moved_at = now() - days * DAY
    db.flush()
    return action


def test_a_card_that_lies_still_is_asked_about_and_a_week_later_goes_to_not_now_with_the_reason(
    db, cast, actor
):
    action, fresh = lying(db, actor, cast, 15), lying(db, actor, cast, 13)
    assert still.move_still_cards(db, now()) == (1, 0)
    assert still.move_still_cards(db, now() + 6 * DAY) == (1, 0)
    assert still.move_still_cards(db, now() + 7 * DAY) == (0, 1)
    db.refresh(action)
    assert (action.step, action.reason, action.version) == (Step.NOT_NOW, "Lag 14 dagen stil", 2)
    last = history(db, action)[-1]
    assert (last.verb, last.who, last.detail) == ("action.moved", "", {"from": "new", "to": "not_now"})
    assert db.get(ImprovementAction, fresh.id).step == Step.NEW


def test_the_daily_job_twice_or_by_two_workers_moves_once(db, cast, actor):
    lying(db, actor, cast, 15)
    still.move_still_cards(db, now())
    assert [still.move_still_cards(db, now() + 8 * DAY) for _ in range(3)] == [(0, 1), (0, 0), (0, 0)]


def test_who_says_it_goes_on_has_another_fortnight(db, cast, actor):
    action, carla = lying(db, actor, cast, 20), actor(cast.carla)
    still.move_still_cards(db, now())
    for _ in range(2):
        still.keep(db, action, by=carla)
    assert [event.verb for event in history(db, action)] == ["action.raised", "action.kept"]
    assert still.move_still_cards(db, now() + 8 * DAY) == (0, 0)
    assert still.move_still_cards(db, now() + 15 * DAY) == (1, 0)


def test_what_waits_for_room_is_asked_about_and_stays_in_sight(db, cast, actor):
    action = lying(db, actor, cast, 20, room="waiting", room_from="J. de Wit")
    still.move_still_cards(db, now())
    assert still.move_still_cards(db, now() + 30 * DAY) == (0, 0)
    db.refresh(action)
    assert (action.room, action.step) == (Room.WAITING, Step.NEW)


def test_each_signal_is_counted_within_the_rest_of_the_filter(db, cast, actor):
    late = lying(db, actor, cast, 20, owner_id=cast.carla)
    late.due_on = (now() - 2 * DAY).date()
    lying(db, actor, cast, 1, room="waiting", room_from="J. de Wit", kind="room")
    bas = actor(cast.bas)
    assert signals(db, bas, ActionFilter()) == {"late": 1, "waiting": 1, "unowned": 1, "still": 1}
    assert signals(db, bas, ActionFilter(kind=ActionKind.ROOM, signal=Signal.LATE)) == {
        "late": 0,
        "waiting": 1,
        "unowned": 1,
        "still": 0,
    }
    (column,) = columns.touched(db, bas, ActionFilter(signal=Signal.LATE), [Step.NEW])
    assert [card.action.id for card in column.cards] == [late.id]


def test_what_was_told_a_month_ago_leaves_the_board_and_comes_back_when_asked(db, cast, actor):
    bas = actor(cast.bas)
    action = lying(db, actor, cast, 31)
    action.step = Step.TOLD
    db.flush()
    assert columns.count(db, bas, ActionFilter()) == {}
    assert [found.id for found in archive.found(db, bas, ActionFilter(), limit=5).items] == [action.id]
    assert archive.found(db, actor(cast.dirk), ActionFilter(), limit=5).items == []
    for _ in range(2):
        archive.restore(db, action, by=bas)
    assert columns.count(db, bas, ActionFilter()) == {"told": 1}
    assert archive.found(db, bas, ActionFilter(), limit=5).items == []


def test_done_stays_on_the_board_while_a_customer_waits_to_hear_it(db, cast, actor):
    bas, note = actor(cast.bas), story(db, cast.town_hall, cast.bas)
    action = raised(db, bas, note)
    action.step, action.stirred_at = Step.DONE, now() - 40 * DAY
    db.add(Contact(note_id=note.id, reach=b"x"))
    db.flush()
    assert columns.count(db, bas, ActionFilter()) == {"done": 1}


def test_the_search_finds_titles_for_everybody_and_words_for_who_may_read_them(db, cast, actor):
    raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), title="Zet er een bord neer")
    for who, words, number in [
        (cast.carla, "BORD neer", 1),
        (cast.eva, "bord", 1),
        (cast.carla, "iemand spreken", 1),
        (cast.eva, "iemand spreken", 0),
        (cast.dirk, "bord", 0),
        (cast.carla, "100%", 0),
    ]:
        assert sum(columns.count(db, actor(who), ActionFilter(q=words)).values()) == number
