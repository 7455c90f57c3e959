import json

import pytest
from sqlmodel import col, select

from app import errors
from app.clock import new_id
from app.models.field_note import recording
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import Contact, FieldNote, Receipt, Tagging
from app.models.tag.table import Tag
from tests.makers_note import interview, observation, recorded, running_safari


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


def test_bas_records_a_talk_and_gets_proof_with_the_hash_of_what_he_sent(db, cast, actor, safari):
    sent = json.dumps(interview(safari.id)).encode()
    note_id = new_id()
    receipt, is_new = recording.record(
        db, note_id, NoteDraft.model_validate_json(sent), sent=sent, by=actor(cast.bas)
    )
    assert is_new
    assert receipt.id == note_id
    assert (
        db.get(FieldNote, note_id).headline
        == "Ik moest een half uur wachten. Toen zei ze: dat mag ik niet. Maar ze was wel heel vriendelijk."
    )


def test_the_same_bytes_sent_five_times_are_one_note_with_one_receipt(db, cast, actor, safari):
    sent = json.dumps(interview(safari.id)).encode()
    note_id, draft, bas = new_id(), NoteDraft.model_validate_json(sent), actor(cast.bas)
    receipts = {
        recording.record(db, note_id, draft, sent=sent, by=bas)[0].model_dump_json() for _ in range(5)
    }
    assert len(receipts) == 1
    assert len(db.exec(select(FieldNote)).all()) == len(db.exec(select(Receipt)).all()) == 1


def test_other_words_under_the_same_id_are_a_conflict_and_the_first_stay(db, cast, actor, safari):
    bas = actor(cast.bas)
    note = recorded(db, bas, observation(safari.id, "Het bord hangt scheef"))
    other = json.dumps(observation(safari.id, "Het bord hangt recht")).encode()
    with pytest.raises(errors.Conflict):
        recording.record(db, note.id, NoteDraft.model_validate_json(other), sent=other, by=bas)
    assert db.get(FieldNote, note.id).headline == "Het bord hangt scheef"


def test_dirk_cannot_record_on_a_safari_that_is_not_his_to_see(db, cast, actor, safari):
    with pytest.raises(errors.NotFound):
        recorded(db, actor(cast.dirk), observation(safari.id))


def test_a_note_is_never_kept_under_another_persons_name(db, cast, actor, safari):
    with pytest.raises(errors.Forbidden):
        recorded(db, actor(cast.bas), observation(safari.id, author_id=cast.carla))


@pytest.mark.parametrize(
    ("field", "value"),
    [("nps", 11), ("nps", "zeven"), ("moment", "on_the_moon"), ("first_time_right", 1), ("made_up", "ja")],
)
def test_an_answer_that_does_not_fit_its_question_is_named(db, cast, actor, safari, field, value):
    with pytest.raises(errors.Invalid) as wrong:
        recorded(db, actor(cast.bas), interview(safari.id, answers={field: {"value": value}}))
    assert list(wrong.value.fields) == [f"answers.{field}"]


def test_an_observation_without_anything_seen_asks_for_a_word(db, cast, actor, safari):
    with pytest.raises(errors.Invalid):
        recorded(db, actor(cast.bas), observation(safari.id, ""))


def test_a_talk_is_tagged_on_arrival_with_words_that_stand_in_it(db, cast, actor, safari):
    note = recorded(db, actor(cast.bas), interview(safari.id))
    rows = db.exec(
        select(Tagging, Tag.slug)
        .join(Tag, col(Tag.id) == col(Tagging.tag_id))
        .where(Tagging.note_id == note.id)
    ).all()
    slugs = {slug for _, slug in rows}
    assert {"wachttijd", "bejegening"} <= slugs
    for tagging, _ in rows:
        for span in tagging.spans:
            assert note.answers[span["field"]]["value"][span["start"] : span["end"]].strip()


def test_name_and_number_of_who_wants_a_call_lie_sealed(db, cast, actor, safari):
    call_back = {"name": "mevrouw V.", "reach": "06-00000001"}
    note = recorded(db, actor(cast.bas), interview(safari.id, call_back=call_back))
    contact = db.get(Contact, note.id)
    assert b"00000001" not in contact.reach
    assert "00000001" not in json.dumps(note.answers)


def test_a_customer_who_would_rather_not_is_counted_and_nothing_else_is_kept(db, cast, actor, safari):
    note = recorded(db, actor(cast.bas), interview(safari.id) | {"declined": True, "answers": {}})
    assert note.declined
    assert note.answers == {}


def test_an_observation_of_one_tap_is_called_by_its_quick_word(db, cast, actor, safari):
    draft = observation(safari.id) | {"answers": {"words": {"value": ["queue", "busy"]}}}
    assert recorded(db, actor(cast.bas), draft).headline == "Wachtrij, Druk"
