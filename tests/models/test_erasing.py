"""An erased note is out of actions, rules, proposals and what was learned, and every count is right."""

import pytest
from sqlmodel import select

from app.models import erasing
from app.models.action import raising
from app.models.action.schemas import ActionDraft
from app.models.action.table import Evidence
from app.models.audit.table import AuditEntry
from app.models.field_note import decided, tagging
from app.models.field_note.table import FieldNote, Tagging, Tombstone
from app.models.tag import learned
from app.models.tag.learned import LearnedModel
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.table import Tag
from tests.makers_note import observation, recorded, running_safari

SAID = "Voor één uittreksel moest ik 35 euro betalen, dat mag ik niet anders, zei ze."


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def notes(db, cast, bas) -> list[FieldNote]:
    safari = running_safari(db, cast.town_hall, cast.bas)
    return [recorded(db, bas, observation(safari.id, f"{SAID} {n}")) for n in ("Echt.", "Alweer.", "Ook ik.")]


def quotes(db) -> list[str]:
    return [one.quote for one in db.exec(select(Evidence))]


def test_its_quotes_leave_the_action_and_the_others_stay(db, bas, notes):
    draft = {"title": "Uittreksel goedkoper", "kind": "clear", "quotes": [f"text:0-{len(SAID)}"]}
    action = raising.raise_from(db, notes[0], ActionDraft.model_validate(draft), by=bas)
    raising.add_evidence(db, action, notes[1], [f"text:0-{len(SAID)}"], by=bas)
    erasing.erase(db, notes[0], by=bas)
    left = db.exec(select(Evidence)).all()
    assert [one.note_id for one in left] == [notes[1].id]


def test_nothing_of_its_words_is_left_in_its_own_row(db, bas, notes):
    erasing.erase(db, notes[0], by=bas)
    db.flush()
    erasing.erase(db, notes[0], by=bas)
    assert "uittreksel" not in repr(notes[0].model_dump())
    assert db.exec(select(Tagging).where(Tagging.note_id == notes[0].id)).all() == []
    assert db.get(Tombstone, notes[0].id) is not None
    told = db.exec(select(AuditEntry).where(AuditEntry.verb == "note.erased")).all()
    assert len(told) == 1


def test_what_was_learned_from_it_is_forgotten_at_once(db, bas, notes):
    tag = db.exec(select(Tag.id).where(Tag.slug == "regels")).one()
    for note in notes:
        tagging.add(db, note, tag, by=bas)
    learned.take_over(db, LearnedModel(version="x", form=1, figures={}, packed=b""))
    erasing.erase(db, notes[0], by=bas)
    assert db.exec(select(LearnedModel)).all() == []
    assert learned.current_model(db) is shipped_model()
    assert notes[0].id not in {one.key for one in decided.decisions(db)}
