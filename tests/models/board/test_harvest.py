from datetime import timedelta

from app.clock import new_id, now
from app.models.board import harvest
from app.models.board.harvest import Tally
from app.models.field_note.table import NoteKind
from tests.makers_safari import go, note, photo, safari


def test_a_declined_talk_is_no_talk_and_an_erased_one_is_gone(db, cast):
    one, other = safari(db), safari(db)
    note(db, one)
    note(db, one, declined=True)
    note(db, one, erased_at=now())
    note(db, one, kind=NoteKind.OBSERVATION)
    assert harvest.tallies(db, [one.id, other.id]) == {one.id: Tally(1, 1, 1), other.id: Tally()}
    assert harvest.tally(db, new_id()) == Tally()


def test_the_last_finds_come_first_and_say_whether_there_is_a_photo(db, cast, actor):
    running, bas = safari(db), actor(cast.bas)
    old = note(db, running, held_at=now() - timedelta(hours=1))
    seen = note(db, running, kind=NoteKind.OBSERVATION)
    photo(db, seen)
    note(db, running, declined=True)
    found = harvest.finds(db, bas, running.id, limit=3)
    assert [(f.note.id, f.photo) for f in found] == [(seen.id, True), (old.id, False)]
    assert [f.note.id for f in harvest.finds(db, bas, running.id, limit=1)] == [seen.id]
    talks = harvest.finds(db, bas, running.id, kind=NoteKind.INTERVIEW, limit=3)
    assert [f.note.id for f in talks] == [old.id]


def test_who_goes_along_elsewhere_reads_what_they_wrote_themselves(db, cast, actor):
    running = safari(db)
    go(db, running, cast.dirk)
    note(db, running)
    own = note(db, running, author_id=cast.dirk)
    dirk = actor(cast.dirk)
    assert [f.note.id for f in harvest.finds(db, dirk, running.id, limit=9)] == [own.id]
    assert harvest.readable(db, dirk, running.id) == 1
    assert harvest.readable(db, actor(cast.bas), running.id) == 2
