"""Notes are read by their meaning after they came in: once, with their own words, and never over a person's head."""

import json

import pytest
from sqlmodel import select

from app.commands.understanding import understand
from app.models import erasing
from app.models.field_note import pending, recording, retagging, tagging
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import FieldNote, PendingReading, Tagging, TaggingState
from app.models.tag import learned
from app.models.tag.table import Tag
from app.settings import settings
from tests.looking import look
from tests.makers_meaning import CLAUSE, SAID, head_for
from tests.makers_note import observation, recorded, running_safari


@pytest.fixture
def on(db, monkeypatch):
    monkeypatch.setenv("KLANTSAFARI_SEMANTICS", "1")
    monkeypatch.setattr(learned, "shipped_head", head_for)
    settings.cache_clear()


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


@pytest.fixture
def note(on, db, bas, safari) -> FieldNote:
    return recorded(db, bas, observation(safari.id, SAID))


def suggested(db, note: FieldNote) -> dict[str, Tagging]:
    db.flush()
    found = select(Tag.slug, Tagging).join(Tagging).where(Tagging.note_id == note.id)
    return dict(db.exec(found).all())


def waiting(db) -> list[tuple[str, int]]:
    db.flush()
    return [(one.note_id, one.revision) for one in db.exec(select(PendingReading))]


def read(db) -> int:
    return pending.finish(db, retagging.read_these(db, pending.begin(db)))


def test_a_note_gets_what_its_words_do_not_say_afterwards_with_its_own_words(db, note):
    assert "wachttijd" not in suggested(db, note)
    assert waiting(db) == [(note.id, 1)]
    assert read(db) == 1
    found = suggested(db, note)["wachttijd"]
    assert (found.state, found.origin) == (TaggingState.SUGGESTED, "meaning")
    assert [SAID[span["start"] : span["end"]] for span in found.spans] == [CLAUSE]
    assert waiting(db) == []


def test_off_nothing_waits_and_what_was_suggested_stays(db, note, bas, safari, monkeypatch):
    read(db)
    monkeypatch.setenv("KLANTSAFARI_SEMANTICS", "0")
    settings.cache_clear()
    other = recorded(db, bas, observation(safari.id, SAID))
    assert learned.current_sense(db) is None
    assert waiting(db) == []
    assert suggested(db, note).keys() - suggested(db, other).keys() == {"wachttijd"}


def test_who_is_stopped_in_the_middle_leaves_the_work_and_two_readers_do_it_once(db, note):
    halfway = retagging.read_these(db, pending.begin(db))
    assert waiting(db) == [(note.id, 1)]
    assert read(db) == 1
    once = sorted(suggested(db, note))
    assert pending.finish(db, halfway) == 0
    assert sorted(suggested(db, note)) == once


def test_a_note_that_ends_its_reader_every_time_is_let_go(db, note):
    assert [pending.begin(db) for _ in range(4)] == [[note.id]] * 3 + [[]]
    assert waiting(db) == []


def test_a_note_that_was_erased_or_changed_meanwhile_is_left_alone(db, note, bas, safari):
    halfway = retagging.read_these(db, pending.begin(db))
    draft = observation(safari.id, "De bloemen waren mooi.", revision=2)
    recording.record(
        db,
        note.id,
        NoteDraft.model_validate(draft),
        sent=json.dumps(draft).encode(),
        by=bas,
        based_on=1,
    )
    assert pending.finish(db, halfway) == 0
    assert waiting(db) == [(note.id, 2)]
    again = retagging.read_these(db, pending.begin(db))
    erasing.erase(db, note, by=bas)
    assert waiting(db) == []
    assert pending.finish(db, again) == 0
    assert suggested(db, note) == {}


def test_what_bas_decided_stays(db, note, bas):
    read(db)
    tagging.decide(db, note, suggested(db, note)["wachttijd"].tag_id, TaggingState.REJECTED, by=bas)
    pending.ask(db, note.id, note.revision, note.answers)
    assert read(db) == 1
    assert suggested(db, note)["wachttijd"].state == TaggingState.REJECTED


def test_the_command_reads_what_waits(db, note, monkeypatch, capsys):
    monkeypatch.setattr("os.nice", lambda _: None)
    db.commit()
    understand()
    understand()
    assert capsys.readouterr().out == "1 notes read by their meaning.\n0 notes read by their meaning.\n"
    assert "meaning" in look(select(Tagging.origin))
    assert look(select(PendingReading)) == []
