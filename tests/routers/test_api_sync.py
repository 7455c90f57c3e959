import json
from typing import Any

import pytest
from sqlmodel import select

from app.clock import new_id
from app.models.delivery import receiving, syncing
from app.models.delivery.table import Device
from app.models.field_note.table import FieldNote, Receipt
from tests.cast import Cast
from tests.looking import look
from tests.makers_delivery import Waiting, waiting
from tests.makers_note import STORY, interview, running_safari

PHONE = {"Klantsafari-Device": "0190b000-0000-4000-8000-000000000001"}


@pytest.fixture
def safari_id(db, cast: Cast) -> str:
    made = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    return made.id


@pytest.fixture
def send(as_user):
    def of(who: str, *notes: Waiting | object):
        sent = {"notes": [note.enveloped if isinstance(note, Waiting) else note for note in notes]}
        answer = as_user(who).post(
            "/api/v1/sync",
            content=json.dumps(sent),
            headers=PHONE | {"content-type": "application/json"},
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    return of


def test_fifty_notes_arrive_at_once_and_again_give_the_same_receipts(send, cast: Cast, safari_id):
    notes = [waiting(safari_id, channel=f"balie {n}") for n in range(50)]
    first, again = send(cast.bas, *notes), send(cast.bas, *notes)
    assert {found["status"] for found in first} == {201}
    assert {found["status"] for found in again} == {200}
    assert [found["receipt"] for found in first] == [found["receipt"] for found in again]
    assert [found["receipt"]["sha256"] for found in first] == [note.sha256 for note in notes]
    assert set(look(select(FieldNote.id))) == {note.id for note in notes}
    assert [device.user_id for device in look(select(Device))] == [cast.bas]


def test_bytes_that_are_not_plain_letters_keep_their_hash(send, cast: Cast, safari_id):
    note = waiting(safari_id, answers={"story": {"value": "‘Eén café’ 🙂", "literal": True}})
    assert send(cast.bas, note)[0]["receipt"]["sha256"] == note.sha256


def test_a_bad_note_never_fails_its_neighbours(send, cast: Cast, safari_id):
    good, also_good = waiting(safari_id), waiting(safari_id)
    unparsable = {"id": new_id(), "revision": 1, "bytes": "{half a no"}
    surrogate = {"id": new_id(), "revision": 1, "bytes": '{"kind": "\ud800"}'}
    deep = {"id": new_id(), "revision": 1, "bytes": "[" * 100_000}
    nowhere = waiting(new_id())
    of_dirk = waiting(safari_id, author_id=cast.dirk)
    differs = Waiting(interview(safari_id, consent="anders"), good.id)
    bad = [unparsable, surrogate, deep, nowhere, of_dirk, differs]
    broken = [None, "geen notitie", {}, {"id": "../../etc", "revision": 1, "bytes": "{}"}, {"id": 7}]
    found = send(cast.bas, good, *bad, *broken, also_good)
    assert (found[0]["status"], found[-1]["status"]) == (201, 201)
    assert [found[n]["status"] for n in (1, 2, 3, 5, 6)] == [400, 400, 400, 403, 409]
    assert found[4]["status"] not in (200, 201)
    assert {one["status"] for one in found[7:-1]} == {400}
    assert all(one["error"]["message"] for one in found[1:-1])
    assert set(look(select(FieldNote.id))) >= {good.id, also_good.id}
    assert nowhere.id not in look(select(Receipt.note_id))


def test_text_that_the_database_refuses_leaves_the_others(send, cast: Cast, safari_id):
    good, nul, also_good = waiting(safari_id), waiting(safari_id, consent="\0"), waiting(safari_id)
    found = send(cast.bas, good, nul, also_good)
    assert (found[0]["status"], found[2]["status"]) == (201, 201)
    assert (found[1]["receipt"] is None) == (found[1]["error"] is not None)


def test_a_note_that_trips_the_server_up_leaves_the_others(send, cast: Cast, safari_id, monkeypatch):
    good, cursed, also_good = (waiting(safari_id) for _ in range(3))
    receive = receiving.receive

    def stumbling(db, note_id, sent, **options):
        answer = receive(db, note_id, sent, **options)
        if note_id == cursed.id:
            raise KeyError(STORY)
        return answer

    monkeypatch.setattr(syncing, "receive", stumbling)
    assert [one["status"] for one in send(cast.bas, good, cursed, also_good)] == [201, 500, 201]
    assert set(look(select(FieldNote.id))) == {good.id, also_good.id}


def test_dirk_cannot_send_under_the_name_or_the_id_of_bas(send, cast: Cast, safari_id, db):
    own = running_safari(db, cast.branch, cast.dirk)
    db.commit()
    of_bas = waiting(safari_id, author_id=cast.bas)
    assert send(cast.bas, of_bas)[0]["status"] == 201
    taken = Waiting(interview(own.id), of_bas.id)
    stolen = Waiting(of_bas.draft)
    found = send(cast.dirk, of_bas, taken, stolen)
    assert [one["status"] for one in found] == [403, 403, 403]
    assert {one["receipt"] for one in found} == {None}
    assert STORY not in str(found)
    (note,) = look(select(FieldNote))
    assert (note.id, note.author_id) == (of_bas.id, cast.bas)


def test_more_than_fifty_is_too_many_and_no_list_is_none(as_user, cast: Cast, safari_id):
    bas, note = as_user(cast.bas), waiting(safari_id).enveloped
    refused = bas.post("/api/v1/sync", json={"notes": [note] * 51})
    assert refused.status_code == 422
    assert "hooguit 50 tegelijk" in refused.json()["error"]["fields"]["notes"]["message"]
    no_lists: list[Any] = [[], {"notes": {}}, {"notities": []}]
    for wrong in no_lists:
        assert bas.post("/api/v1/sync", json=wrong).status_code == 422
    assert look(select(FieldNote)) == []
