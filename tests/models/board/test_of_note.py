from app.models.board.of_note import actions_of
from tests.makers_action import SAID, raised, story


def test_a_note_knows_the_actions_that_rest_on_it_once_each(db, cast, actor):
    bas = actor(cast.bas)
    note, other = story(db, cast.town_hall, cast.bas), story(db, cast.town_hall, cast.bas, SAID)
    action = raised(db, bas, note, quotes=["story:0-27", "story:28-58"])
    raised(db, bas, other)
    assert [found.id for found in actions_of(db, bas, note.id)] == [action.id]


def test_somebody_elses_board_stays_closed(db, cast, actor):
    note = story(db, cast.town_hall, cast.bas)
    raised(db, actor(cast.bas), note)
    assert actions_of(db, actor(cast.dirk), note.id) == []
