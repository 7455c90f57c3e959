import json

import pytest
from sqlmodel import col, select

from app import errors
from app.clock import new_id
from app.models.action.table import Evidence
from app.models.audit.table import AuditEntry
from app.models.field_note import contacting, editing, recording, revising, tagging
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import Contact, FieldNote, NoteEdit, Receipt, Tagging, TaggingState
from app.models.tag.table import Tag
from tests.makers_action import raised
from tests.makers_note import interview, recorded, running_safari

WAITED = "Ik moest een half uur wachten."


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


@pytest.fixture
def note(db, cast, actor, safari) -> FieldNote:
    return recorded(db, actor(cast.bas), interview(safari.id))


def said(safari, text, **fields):
    answers = {"story": {"value": text, "literal": True}}
    return NoteDraft.model_validate(interview(safari.id, answers=answers, **fields))


def slugs(db, note, state):
    found = select(Tag.slug).join(Tagging, col(Tagging.tag_id) == col(Tag.id))
    return set(db.exec(found.where(Tagging.note_id == note.id, Tagging.state == state)))


def test_bas_changes_his_own_words_and_the_former_stay_beside_them(db, cast, actor, safari, note):
    former = note.answers
    draft = said(safari, "Ik kwam voor een paspoort.")
    assert editing.edit(db, note, draft, based_on=1, by=actor(cast.bas)) is None
    assert (note.revision, note.headline) == (2, "Ik kwam voor een paspoort.")
    [edit] = db.exec(select(NoteEdit)).all()
    assert (edit.revision, edit.draft["answers"]["story"]["value"]) == (1, former["story"]["value"])
    assert edit.settled_at is not None
    receipts = db.exec(select(Receipt).order_by(col(Receipt.revision))).all()
    assert [receipt.revision for receipt in receipts] == [1, 2]
    assert edit.sha256 == receipts[0].sha256
    assert db.exec(select(AuditEntry).where(AuditEntry.verb == "note.revised")).one().detail == {
        "revision": 2
    }


def test_the_receipt_of_the_first_bytes_stays_the_same_after_an_edit(db, cast, actor, safari):
    sent, note_id, bas = json.dumps(interview(safari.id)).encode(), new_id(), actor(cast.bas)
    first, _ = recording.record(db, note_id, NoteDraft.model_validate_json(sent), sent=sent, by=bas)
    editing.edit(db, db.get(FieldNote, note_id), said(safari, "Anders."), based_on=1, by=bas)
    again, is_new = recording.record(db, note_id, NoteDraft.model_validate_json(sent), sent=sent, by=bas)
    assert (again, is_new) == (first, False)


def test_suggestions_are_renewed_and_what_people_decided_stays_on_the_same_words(
    db, cast, actor, safari, note
):
    bas = actor(cast.bas)
    assert "wachttijd" in slugs(db, note, TaggingState.SUGGESTED)
    waiting = db.exec(select(Tag).where(Tag.slug == "wachttijd")).one()
    tagging.decide(db, note, waiting.id, TaggingState.ACCEPTED, by=bas)
    editing.edit(db, note, said(safari, f"Nou. {WAITED} Verder niets."), based_on=1, by=bas)
    assert slugs(db, note, TaggingState.ACCEPTED) == {"wachttijd"}
    kept = db.exec(select(Tagging).where(Tagging.tag_id == waiting.id)).one()
    texts = [note.answers[s["field"]]["value"][s["start"] : s["end"]] for s in kept.spans]
    assert texts
    assert all(text in WAITED for text in texts)
    assert kept.decided_by_id == cast.bas
    assert "bejegening" not in slugs(db, note, TaggingState.SUGGESTED)


def test_a_decision_stays_when_its_words_are_gone(db, cast, actor, safari, note):
    bas = actor(cast.bas)
    waiting = db.exec(select(Tag).where(Tag.slug == "wachttijd")).one()
    tagging.decide(db, note, waiting.id, TaggingState.REJECTED, by=bas)
    editing.edit(db, note, said(safari, "De deur klemt."), based_on=1, by=bas)
    kept = db.exec(select(Tagging).where(Tagging.tag_id == waiting.id)).one()
    assert (kept.state, kept.spans) == (TaggingState.REJECTED, [])


def test_an_action_keeps_quoting_what_was_said_when_it_was_raised(db, cast, actor, safari, note):
    bas = actor(cast.bas)
    raised(db, bas, note, quotes=["story:0-30"])
    editing.edit(db, note, said(safari, "De deur klemt."), based_on=1, by=bas)
    assert db.exec(select(Evidence.quote)).one() == WAITED


def test_of_two_edits_from_the_same_version_the_second_is_kept_and_overwrites_nothing(
    db, cast, actor, safari, note
):
    bas = actor(cast.bas)
    editing.edit(db, note, said(safari, "Eerste wijziging."), based_on=1, by=bas)
    beside = editing.edit(db, note, said(safari, "Tweede wijziging."), based_on=1, by=bas)
    assert note.headline == "Eerste wijziging."
    assert beside is not None
    assert beside.settled_at is None
    assert beside.draft["answers"]["story"]["value"] == "Tweede wijziging."
    assert revising.waiting(db, note.id) == [beside]


def test_the_same_edit_posted_twice_is_one_version(db, cast, actor, safari, note):
    bas, draft = actor(cast.bas), said(safari, "Eén keer gewijzigd.")
    assert [editing.edit(db, note, draft, based_on=1, by=bas) for _ in range(2)] == [None, None]
    assert note.revision == 2


def test_who_changes_nothing_makes_no_version(db, cast, actor, safari, note):
    editing.edit(db, note, NoteDraft.model_validate(interview(safari.id)), based_on=1, by=actor(cast.bas))
    assert note.revision == 1


def test_only_the_author_edits(db, cast, actor, safari, note):
    with pytest.raises(errors.Forbidden):
        editing.edit(db, note, said(safari, "Van Carla."), based_on=1, by=actor(cast.carla))


def test_a_note_does_not_become_one_of_another_safari(db, cast, actor, safari, note):
    other = running_safari(db, cast.town_hall, cast.bas)
    with pytest.raises(errors.Invalid):
        editing.edit(db, note, said(other, "Elders."), based_on=1, by=actor(cast.bas))


def test_photos_of_both_versions_stay_announced(db, cast, actor, safari):
    bas = actor(cast.bas)
    files = [
        {"sha256": sign * 64, "kind": "photo", "size": 9, "media_type": "image/jpeg"} for sign in ("a", "b")
    ]
    note = recorded(db, bas, interview(safari.id, attachments=files[:1]))
    draft = said(safari, "Met een andere foto.", attachments=files[1:])
    revising.keep_beside(
        db, note.id, draft, sent=recording.canonical(draft), based_on=None, by=bas, author_id=bas.id
    )
    assert [file["sha256"][0] for file in note.announced] == ["a", "b"]


def test_whom_to_call_is_kept_of_either_version_and_never_in_the_open(db, cast, actor, safari, note):
    bas = actor(cast.bas)
    for number, reach in enumerate(("06 11111111", "06 22222222")):
        draft = said(safari, f"Versie {number}", call_back={"name": "mevr. V.", "reach": reach})
        revising.keep_beside(
            db, note.id, draft, sent=recording.canonical(draft), based_on=None, by=bas, author_id=bas.id
        )
    assert contacting.reveal(db, note, by=bas).reach == "06 11111111"
    first, second = revising.waiting(db, note.id)
    assert "call_back" not in first.draft
    assert contacting.unsealed(note.id, second.draft["call_back"]).reach == "06 22222222"
    assert "2222" not in str(second.draft)
    assert len(db.exec(select(Contact)).all()) == 1
