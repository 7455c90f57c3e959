import hashlib
import json

import pytest
from sqlmodel import select

from app import errors
from app.clock import new_id
from app.models.access import Role
from app.models.audit.table import AuditEntry
from app.models.delivery import apart as aparts
from app.models.delivery import mending
from app.models.delivery.mending import DiscardDraft
from app.models.delivery.receiving import receive
from app.models.delivery.table import Quarantine, Verdict
from app.models.field_note import contacting
from app.models.field_note.refilling import fields_of
from app.models.field_note.table import FieldNote, NoteEdit, NoteKind, Receipt, Tombstone
from tests.makers_note import interview, running_safari
from tests.makers_user import someone

WHY = DiscardDraft(reason="Dubbel opgeschreven")


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.carla)


@pytest.fixture
def misfit(db, cast, actor, safari):
    """misfit() sends, as Carla, a note with an answer that no question asks for."""

    def sent(note_id=None, **fields):
        draft = interview(safari.id, answers={"roddel": {"value": "Niemand belde"}}) | fields
        carla, body = actor(cast.carla), json.dumps(draft).encode()
        assert receive(db, note_id or new_id(), body, based_on=None, by=carla).status == 422
        row = db.exec(select(Quarantine).where(Quarantine.sha256 == hashlib.sha256(body).hexdigest())).one()
        return aparts.get(db, carla, row.id), body

    return sent


def seen(db, actor, who):
    return [apart.row.id for apart in aparts.rows(db, actor(who))]


def mend(db, apart, safari, by, **fields):
    values = fields_of(apart.raw) | {"consent": ["yes"]} | fields
    return mending.repair(db, apart, values, kind=NoteKind.INTERVIEW, safari_id=safari.id, by=by)


def test_bas_mends_what_carla_sent_and_it_is_hers_proven_by_her_phones_own_hash(
    db, cast, actor, safari, misfit
):
    apart, sent = misfit(call_back={"name": "", "reach": "06 12345678"})
    assert mend(db, apart, safari, actor(cast.bas), **{"answers.hindrance": ["Niemand belde"]}) is None
    note = db.get(FieldNote, apart.row.note_id)
    assert (note.author_id, note.answers["hindrance"]["value"]) == (cast.carla, "Niemand belde")
    assert db.exec(select(Receipt)).one().sha256 == hashlib.sha256(sent).hexdigest()
    assert contacting.reveal(db, note, by=actor(cast.carla)).reach == "06 12345678"
    assert (apart.row.verdict, apart.row.sealed, apart.row.settled_by_id) == ("repaired", b"", cast.bas)
    assert seen(db, actor, cast.bas) == []


def test_the_phone_that_sends_it_again_hears_that_it_was_recorded(db, cast, actor, safari, misfit):
    apart, sent = misfit()
    mend(db, apart, safari, actor(cast.bas))
    again = receive(db, apart.row.note_id, sent, based_on=None, by=actor(cast.carla))
    assert again.receipt is not None
    assert (again.status, again.receipt.state) == (200, "recorded")


def test_what_still_does_not_fit_is_told_by_field_and_stays_apart(db, cast, actor, safari, misfit):
    apart, _ = misfit()
    with pytest.raises(errors.Invalid) as wrong:
        mend(db, apart, safari, actor(cast.bas), **{"answers.nps": ["elf"]})
    assert list(wrong.value.fields) == ["answers.nps"]
    assert seen(db, actor, cast.bas) == [apart.row.id]


def test_who_would_rather_not_is_kept_without_answers(db, cast, actor, safari, misfit):
    apart, _ = misfit(declined=True)
    mend(db, apart, safari, actor(cast.bas), consent=["no"])
    note = db.get(FieldNote, apart.row.note_id)
    assert (note.declined, note.answers) == (True, {})


def test_what_is_mended_after_the_note_came_in_otherwise_becomes_a_second_version(
    db, cast, actor, safari, misfit
):
    apart, _ = misfit()
    fits = json.dumps(interview(safari.id)).encode()
    receive(db, apart.row.note_id, fits, based_on=None, by=actor(cast.carla))
    beside = mend(db, apart, safari, actor(cast.bas), **{"answers.story": ["Iets anders"]})
    assert beside == db.exec(select(NoteEdit)).one()
    assert beside.author_id == cast.carla


def test_bas_throws_away_with_a_reason_and_it_does_not_come_back(db, cast, actor, misfit):
    apart, sent = misfit()
    mending.discard(db, apart, WHY, by=actor(cast.bas))
    assert db.exec(select(Tombstone)).one().reason == "Dubbel opgeschreven"
    assert (apart.row.verdict, apart.row.sealed) == (Verdict.DISCARDED, b"")
    again = receive(db, apart.row.note_id, sent, based_on=None, by=actor(cast.carla))
    assert (again.status, again.receipt) == (410, None)
    log = db.exec(select(AuditEntry).where(AuditEntry.verb == "quarantine.discarded")).one()
    assert "Dubbel" not in str(log.detail)


def test_throwing_away_a_misfit_leaves_the_note_of_that_id(db, cast, actor, safari, misfit):
    apart, sent = misfit()
    fits = json.dumps(interview(safari.id)).encode()
    receive(db, apart.row.note_id, fits, based_on=None, by=actor(cast.carla))
    mending.discard(db, apart, WHY, by=actor(cast.bas))
    assert db.exec(select(Tombstone)).all() == []
    assert receive(db, apart.row.note_id, fits, based_on=None, by=actor(cast.carla)).status == 200
    assert receive(db, apart.row.note_id, sent, based_on=None, by=actor(cast.carla)).status == 410


def test_carla_may_mend_her_own_and_not_throw_it_away(db, cast, actor, safari, misfit):
    apart, _ = misfit()
    with pytest.raises(errors.Forbidden):
        mending.discard(db, apart, WHY, by=actor(cast.carla))
    mend(db, apart, safari, actor(cast.carla))
    assert db.get(FieldNote, apart.row.note_id).author_id == cast.carla


def test_who_sees_it_is_the_sender_and_the_manager_of_the_place(db, cast, actor, misfit):
    apart, _ = misfit()
    assert {who: seen(db, actor, who) for who in (cast.anna, cast.dirk, cast.eva)} == {
        cast.anna: [],
        cast.dirk: [],
        cast.eva: [],
    }
    assert seen(db, actor, cast.bas) == seen(db, actor, cast.carla) == [apart.row.id]
    assert aparts.count(db, actor(cast.bas)) == 1


def test_without_a_place_it_is_for_the_managers_where_the_sender_records(db, cast, actor, misfit):
    apart, _ = misfit(safari_id=None)
    assert (apart.place, apart.row.location_id) == (None, None)
    assert seen(db, actor, cast.bas) == [apart.row.id]
    assert seen(db, actor, cast.dirk) == []
    fatima = someone(db, "fatima@klantsafari.example", (Role.MEMBER, cast.town_hall))
    assert seen(db, actor, fatima.id) == []


def test_what_came_in_after_all_needs_nobody(db, cast, actor, safari, misfit):
    apart, _ = misfit()
    db.add(Receipt(note_id=apart.row.note_id, revision=1, sha256=apart.row.sha256))
    db.flush()
    assert seen(db, actor, cast.bas) == []
    assert aparts.count(db, actor(cast.bas)) == 0


def test_one_note_under_an_old_key_hides_no_other_and_says_so(db, cast, actor, misfit):
    (old, _), (other, _) = misfit(), misfit(answers={"roddel": {"value": "Te duur"}})
    old.row.sealed = old.row.sealed[:-1] + bytes([old.row.sealed[-1] ^ 1])
    db.flush()
    shown = {apart.row.id: apart for apart in aparts.rows(db, actor(cast.bas))}
    assert shown[other.row.id].words == "Te duur"
    assert shown[old.row.id].faults == {"note": ("note.old_key", {})}
