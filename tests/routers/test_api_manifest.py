from typing import Any

import pytest
from sqlmodel import select

from app.clock import new_id, now
from app.models.delivery.table import Announcement, Device, Quarantine, Verdict
from app.models.field_note.table import FieldNote, NoteEdit, Tombstone
from app.models.user.table import UserSession
from tests.cast import Cast
from tests.counting import counted_queries
from tests.looking import look
from tests.makers_delivery import Waiting, photo_of, waiting
from tests.makers_note import interview, running_safari

PHONE = "0190b000-0000-4000-8000-000000000001"
ON_PHONE = {"Klantsafari-Device": PHONE}


@pytest.fixture
def safari_id(db, cast: Cast) -> str:
    made = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    return made.id


@pytest.fixture
def ask(as_user):
    """ask(cast.bas, note, ...) is what the server answers to Bas's phone, note by note."""

    def of(who: str, *notes: Waiting | dict[str, Any], headers: dict[str, str] = ON_PHONE):
        sent = [note.announced if isinstance(note, Waiting) else note for note in notes]
        answer = as_user(who).post("/api/v1/manifest", json=sent, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["notes"]

    return of


def put(browser, note: Waiting):
    answer = browser.put(f"/api/v1/field-notes/{note.id}", content=note.sent, headers=JSON)
    assert answer.status_code == 201, answer.text
    return answer.json()


JSON = {"content-type": "application/json"}


def test_a_note_is_unknown_until_it_came_and_then_the_receipt_proves_it(ask, as_user, cast: Cast, safari_id):
    photo = photo_of()
    note = waiting(safari_id, attachments=[photo])
    (before,) = ask(cast.bas, note)
    assert before == {"id": note.id, "state": "unknown", "missing": [photo["sha256"]], "receipt": None}
    receipt = put(as_user(cast.bas), note)
    (after,) = ask(cast.bas, note)
    assert after == {"id": note.id, "state": "have", "missing": [photo["sha256"]], "receipt": receipt}


def test_other_bytes_under_the_same_id_differ_and_a_later_revision_is_still_to_come(
    ask, as_user, cast: Cast, safari_id
):
    note = waiting(safari_id)
    put(as_user(cast.bas), note)
    other = Waiting(interview(safari_id, consent="anders"), note.id)
    edited = other.announced | {"revision": 2}
    assert [found["state"] for found in ask(cast.bas, other, edited)] == ["differs", "unknown"]


def test_two_versions_differ_until_somebody_chose(ask, as_user, cast: Cast, safari_id, db):
    note = waiting(safari_id)
    bas = as_user(cast.bas)
    put(bas, note)
    other = Waiting(interview(safari_id, consent="anders"), note.id)
    kept = bas.put(f"/api/v1/field-notes/{note.id}", content=other.sent, headers=JSON)
    assert kept.status_code == 409
    (found,) = ask(cast.bas, other)
    assert (found["state"], found["receipt"]) == ("differs", kept.json()["receipt"])
    db.exec(select(NoteEdit).where(NoteEdit.sha256 == other.sha256)).one().settled_at = now()
    db.commit()
    assert [found["state"] for found in ask(cast.bas, other, note)] == ["have", "have"]


def test_what_does_not_fit_is_in_quarantine_until_it_is_thrown_away(ask, as_user, cast: Cast, safari_id, db):
    note = waiting(safari_id, answers={"nps": {"value": 99}})
    refused = as_user(cast.bas).put(f"/api/v1/field-notes/{note.id}", content=note.sent, headers=JSON)
    assert refused.status_code == 422
    (found,) = ask(cast.bas, note)
    assert (found["state"], found["receipt"]) == ("quarantined", refused.json()["receipt"])
    assert ask(cast.dirk, note)[0]["state"] == "unknown"
    db.exec(select(Quarantine)).one().verdict = Verdict.DISCARDED
    db.commit()
    assert ask(cast.bas, note)[0]["state"] == "deleted"


def test_what_was_erased_or_thrown_away_is_deleted(ask, as_user, cast: Cast, safari_id, db):
    erased, thrown = waiting(safari_id), waiting(safari_id)
    put(as_user(cast.bas), erased)
    db.get_one(FieldNote, erased.id).erased_at = now()
    db.add(Tombstone(note_id=thrown.id, by_id=cast.bas))
    db.commit()
    assert [found["state"] for found in ask(cast.bas, erased, thrown)] == ["deleted", "deleted"]
    assert look(select(Announcement.note_id)) == []


def test_dirk_learns_nothing_of_a_note_of_bas(ask, as_user, cast: Cast, safari_id, db):
    photo = photo_of()
    note = waiting(safari_id, attachments=[photo])
    put(as_user(cast.bas), note)
    other = Waiting(interview(safari_id, consent="anders"), note.id)
    nobodys = waiting(safari_id, attachments=[photo])
    same, differing, unknown = ask(cast.dirk, note, other, nobodys)
    assert same == unknown | {"id": note.id}
    assert differing == unknown | {"id": note.id, "missing": []}


def test_an_announcement_stays_as_it_was_first_made(ask, cast: Cast, safari_id):
    note = waiting(safari_id)
    ask(cast.bas, note)
    ask(cast.bas, note, headers={"Klantsafari-Device": new_id()})
    ask(cast.dirk, note)
    (announced,) = look(select(Announcement))
    assert (announced.note_id, announced.phone_id, announced.user_id) == (note.id, PHONE, cast.bas)
    assert (announced.safari_id, announced.kind, announced.sha256) == (safari_id, "interview", note.sha256)
    assert announced.held_at.isoformat() == "2026-11-24T10:41:00+00:00"


def test_two_users_of_one_phone_are_two_devices(ask, as_user, cast: Cast, safari_id):
    note = waiting(safari_id)
    ask(cast.bas, note, waiting(safari_id))
    ask(cast.dirk)
    found = {device.user_id: device for device in look(select(Device))}
    assert {device.phone_id for device in found.values()} == {PHONE}
    assert (found[cast.bas].unsent, found[cast.dirk].unsent) == (2, 0)
    assert found[cast.bas].oldest_at.isoformat() == "2026-11-24T10:41:00+00:00"
    assert set(look(select(UserSession.phone_id))) == {PHONE}
    put(as_user(cast.bas), note)
    ask(cast.bas, note)
    assert look(select(Device.unsent).where(Device.user_id == cast.bas)) == [0]


def test_without_a_phone_it_only_answers(ask, cast: Cast, safari_id):
    for headers in ({}, {"Klantsafari-Device": "<script>"}):
        assert ask(cast.bas, waiting(safari_id), headers=headers)[0]["state"] == "unknown"
    assert look(select(Announcement)) + look(select(Device)) == []


def test_a_broken_list_is_refused_in_plain_words_and_nothing_is_kept(as_user, cast: Cast, safari_id):
    good = waiting(safari_id).announced
    wrong = [
        [good | {"sha256": "z"}],
        [good | {"revision": 0}],
        [good | {"id": "../../etc/passwd"}],
        [good | {"held_at": "gisteren"}],
        [good | {"kind": "<b>"}],
        [good] * 1001,
        {"notes": []},
        ["geen notitie"],
    ]
    bas = as_user(cast.bas)
    for sent in wrong:
        answer = bas.post("/api/v1/manifest", json=sent, headers=ON_PHONE)
        assert answer.status_code == 422, sent
        assert answer.json()["error"]["message"] == "Er klopt iets niet. Bij elk veld staat wat."
    assert "hooguit 1000 tegelijk" in bas.post("/api/v1/manifest", json=[good] * 1001).text
    assert bas.post("/api/v1/manifest", content=b"[", headers=JSON).status_code == 422
    assert look(select(Announcement)) == []


def test_a_thousand_notes_take_as_many_questions_as_one(as_user, cast: Cast, safari_id, db):
    bas = as_user(cast.bas)
    known = [waiting(safari_id) for _ in range(20)]
    for note in known:
        put(bas, note)

    def questions(notes: list[Waiting]) -> int:
        with counted_queries() as sent:
            answer = bas.post("/api/v1/manifest", json=[n.announced for n in notes], headers=ON_PHONE)
        assert answer.status_code == 200
        assert [found["state"] for found in answer.json()["notes"]].count("have") == len(notes[:20])
        return len(sent)

    first = questions([known[0]])
    many = questions(known + [waiting(safari_id) for _ in range(980)])
    # Who sends much is asked for by name before it is read: two more.
    assert many <= first + 3
    assert many <= 20
