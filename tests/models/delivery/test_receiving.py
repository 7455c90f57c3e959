"""What becomes of the bytes of one note: it is proven each time, and nothing is kept under a wrong name."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlmodel import select

from app.clock import new_id
from app.models.audit.table import AuditEntry
from app.models.delivery import quarantining
from app.models.delivery.quarantining import opened
from app.models.delivery.receiving import receive
from app.models.delivery.table import Quarantine
from app.models.field_note.table import FieldNote, NoteEdit, Tombstone
from tests.makers_note import interview, observation, running_safari

PAYLOADS = sorted((Path(__file__).parents[2] / "payloads").glob("*.json"))
SAFARI = "0190a000-0000-7000-8000-0000000000aa"


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


@pytest.fixture
def take(db, cast, actor):
    """take(draft) sends it as Bas; bytes go as they are."""

    def taken(draft, note_id=None, based_on=None, by=None):
        sent = draft if isinstance(draft, bytes) else json.dumps(draft).encode()
        return receive(db, note_id or new_id(), sent, based_on=based_on, by=actor(by or cast.bas))

    return taken


def notes(db):
    return db.exec(select(FieldNote)).all()


def apart(db):
    return db.exec(select(Quarantine)).all()


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_each_payload_that_a_phone_ever_sent_is_accepted(db, cast, take, path):
    running_safari(db, cast.town_hall, cast.bas, id=SAFARI)
    received = take(path.read_bytes())
    assert (received.status, received.fault) == (201, None)
    assert received.receipt.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_there_is_a_payload_of_each_kind_to_keep_for_ever():
    assert {path.stem for path in PAYLOADS} >= {"1-interview", "1-observation", "1-declined"}


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[]",
        b'"tekst"',
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"a":' + b"[" * 300 + b"]" * 300 + b"}",
        b'{"kind": NaN' + b"}" * 2,
    ],
)
def test_bytes_that_are_no_object_are_refused_and_nothing_is_kept(db, take, sent):
    received = take(sent)
    assert (received.status, received.fault.code, received.receipt) == (400, "note.unreadable", None)
    assert notes(db) == apart(db) == []


def test_half_an_emoji_does_not_keep_a_note_away(db, safari, take):
    draft = json.dumps(observation(safari.id, "Wat een rij")).replace("Wat een rij", "Wat een rij \\ud83d")
    assert take(draft.encode()).status == 201
    assert notes(db)[0].answers["text"]["value"] == "Wat een rij \ufffd"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"schema": 7}, "schema"),
        ({"held_at": "gisteren"}, "held_at"),
        ({"kind": "roddel"}, "kind"),
        ({"revision": 0}, "revision"),
        ({"guide_version_id": "5"}, "guide_version_id"),
        ({"answers": {"roddel": {"value": "ja"}}}, "answers.roddel"),
        ({"answers": {"nps": {"value": 11}}}, "answers.nps"),
        ({"answers": "Ik wachtte lang."}, "answers"),
    ],
)
def test_what_is_readable_but_does_not_fit_is_kept_sealed_with_proof(db, cast, safari, take, change, field):
    sent = json.dumps(interview(safari.id) | change).encode()
    received = take(sent)
    assert received.status == 422
    assert list(received.fault.fields) == [field]
    assert (received.receipt.state, received.receipt.sha256) == (
        "quarantined",
        hashlib.sha256(sent).hexdigest(),
    )
    [kept] = apart(db)
    assert opened(kept).encode() == sent
    assert b"half uur" not in kept.sealed
    assert (kept.user_id, kept.location_id, list(kept.faults)) == (cast.bas, cast.town_hall, [field])
    assert notes(db) == []


def test_the_same_misfit_five_times_is_kept_once_with_one_receipt(db, safari, take):
    note_id, draft = new_id(), interview(safari.id, schema=7)
    receipts = {take(draft, note_id).receipt.model_dump_json() for _ in range(5)}
    assert len(receipts) == len(apart(db)) == 1


def test_a_misfit_says_nothing_of_the_customer_in_the_log_or_among_its_faults(db, safari, take):
    take(interview(safari.id) | {"mevrouw De Vries zei": 1, "held_at": "KANARIE"})
    [kept] = apart(db)
    said = [entry.detail for entry in db.exec(select(AuditEntry))] + [kept.faults]
    assert not any(word in str(said) for word in ("Vries", "KANARIE"))
    assert "other" in kept.faults


def test_a_note_under_another_name_is_refused_even_when_it_does_not_fit(db, cast, safari, take):
    for draft in (interview(safari.id), interview(safari.id, schema=7)):
        received = take(draft | {"author_id": cast.carla})
        assert (received.status, received.fault.code) == (403, "note.wrong_author")
    assert notes(db) == apart(db) == []


def test_a_safari_that_is_not_his_is_unknown_and_the_note_stays_on_the_phone(db, cast, safari, take):
    for draft in (interview(safari.id), interview(safari.id, schema=7), interview(new_id())):
        received = take(draft, by=cast.dirk)
        assert (received.status, received.fault.code) == (404, "note.safari_unknown")
    assert notes(db) == apart(db) == []


def test_a_misfit_under_a_note_of_somebody_else_is_refused(db, cast, safari, take):
    note_id = new_id()
    take(interview(safari.id), note_id)
    assert take(interview(safari.id, schema=7), note_id, by=cast.carla).status == 403
    assert apart(db) == []


def test_other_bytes_under_the_same_id_are_kept_beside_and_the_answer_shows_what_stands(db, safari, take):
    note_id = new_id()
    take(observation(safari.id, "Het bord hangt scheef"), note_id)
    other = observation(safari.id, "Het bord hangt recht")
    first, again = take(other, note_id), take(other, note_id)
    assert (first.status, first.fault.code, first.receipt.state) == (409, "note.differs", "beside")
    assert first.receipt == again.receipt
    assert first.current.answers["text"]["value"] == "Het bord hangt scheef"
    [edit] = db.exec(select(NoteEdit)).all()
    assert edit.draft["answers"]["text"]["value"] == "Het bord hangt recht"


def test_what_was_thrown_away_does_not_come_back(db, safari, take):
    note_id = new_id()
    db.add(Tombstone(note_id=note_id, reason="dubbel"))
    db.flush()
    assert take(interview(safari.id), note_id).status == 410
    assert take(interview(safari.id, schema=7), note_id).status == 410
    assert notes(db) == apart(db) == []


def test_a_person_can_have_only_so_much_set_apart(db, safari, take, monkeypatch):
    monkeypatch.setattr(quarantining, "MOST_OPEN", 2)
    statuses = [take(interview(safari.id, schema=7)).status for _ in range(3)]
    assert statuses == [422, 422, 429]
    assert take(interview(safari.id)).status == 201


def test_a_revision_says_what_it_was_made_from(db, safari, take):
    note_id = new_id()
    take(observation(safari.id, "Eén balie open"), note_id)
    revised = observation(safari.id, "Twee balies open", revision=2)
    assert take(revised, note_id).status == 428
    assert [take(revised, note_id, based_on=1).status for _ in range(2)] == [201, 200]
    assert notes(db)[0].revision == 2
    late = take(observation(safari.id, "Drie balies open", revision=2), note_id, based_on=1)
    assert (late.status, late.current.answers["text"]["value"]) == (409, "Twee balies open")
