"""The same note five times at the same instant, and two edits of one note at the same instant."""

import asyncio
import json
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient
from sqlmodel import col, select

from app.clock import new_id
from app.models.delivery.table import Quarantine
from app.models.field_note.table import FieldNote, NoteEdit, Receipt
from tests.conftest import ORIGIN, served
from tests.looking import look
from tests.makers import session_cookie
from tests.makers_note import interview, observation, recorded, running_safari
from tests.waiting import wait_for

ROUNDS = 5


@pytest.fixture
def safari(db, cast):
    made = running_safari(db, cast.town_hall, cast.bas)
    db.commit()
    return made


@pytest.fixture
def at_once(db, cast, safari):
    """at_once({note id: bodies}): Bas's phone sends those of one note together; answers as (status, JSON)."""
    cookie = session_cookie(db, cast.bas)
    db.commit()

    async def together(rounds: dict[str, list[Any]], headers: dict[str, str]) -> list[list[tuple[int, Any]]]:
        transport, answers = ASGITransport(app=served()), []
        async with AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as phone:
            for note_id, bodies in rounds.items():
                sent = [json.dumps(body).encode() for body in bodies]
                url = f"/api/v1/field-notes/{note_id}"
                got = await asyncio.gather(*(phone.put(url, content=body) for body in sent))
                answers.append([(answer.status_code, answer.json()) for answer in got])
        return answers

    def send(rounds: dict[str, list[Any]], **headers: str) -> list[list[tuple[int, Any]]]:
        return wait_for(together(rounds, {"sec-fetch-site": "same-origin", "cookie": cookie} | headers))

    return send


def test_the_same_note_five_times_at_once_is_one_note_with_one_receipt(safari, at_once):
    for answers in at_once({new_id(): [interview(safari.id)] * 5 for _ in range(ROUNDS)}):
        assert sorted(status for status, _ in answers) == [200, 200, 200, 200, 201]
        assert len({json.dumps(body) for _, body in answers}) == 1
    assert len(look(select(FieldNote.id))) == len(look(select(Receipt.seq))) == ROUNDS


def test_the_same_misfit_five_times_at_once_is_kept_once(safari, at_once):
    for answers in at_once({new_id(): [interview(safari.id, schema=7)] * 5 for _ in range(ROUNDS)}):
        assert {status for status, _ in answers} == {422}
        assert len({json.dumps(body["receipt"]) for _, body in answers}) == 1
    assert len(look(select(Quarantine.id))) == ROUNDS


def test_five_different_notes_under_one_id_are_one_note_and_four_beside_it(safari, at_once):
    said = {f"Versie {n}" for n in range(5)}
    rounds = {new_id(): [observation(safari.id, text) for text in sorted(said)] for _ in range(ROUNDS)}
    for note_id, answers in zip(rounds, at_once(rounds), strict=True):
        assert sorted(status for status, _ in answers) == [201, 409, 409, 409, 409]
        assert stands(note_id) | beside(note_id) == said
        assert len(beside(note_id)) == 4


def test_of_two_edits_at_once_one_is_the_newest_and_the_other_waits_beside_it(
    db, cast, actor, safari, at_once
):
    bas = actor(cast.bas)
    notes = [recorded(db, bas, observation(safari.id, "Eén balie open")).id for _ in range(ROUNDS)]
    db.commit()
    edits = [observation(safari.id, text, revision=n) for n, text in ((2, "Twee"), (3, "Drie"))]
    answers = at_once(dict.fromkeys(notes, edits), **{"if-match": '"1"'})
    assert [sorted(status for status, _ in pair) for pair in answers] == [[201, 409]] * ROUNDS
    for note_id in notes:
        assert stands(note_id) | beside(note_id) == {"Twee", "Drie"}


def stands(note_id: str) -> set[str]:
    return {note.answers["text"]["value"] for note in look(select(FieldNote).where(FieldNote.id == note_id))}


def beside(note_id: str) -> set[str]:
    waiting = select(NoteEdit).where(NoteEdit.note_id == note_id, col(NoteEdit.settled_at).is_(None))
    return {edit.draft["answers"]["text"]["value"] for edit in look(waiting)}
