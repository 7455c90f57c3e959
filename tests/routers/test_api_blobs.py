import asyncio
import hashlib

import pytest
from httpx2 import ASGITransport, AsyncClient
from sqlmodel import select

from app.database import database
from app.models.attachment.table import Attachment
from app.settings import settings
from tests import makers_file as files
from tests.conftest import ORIGIN, served
from tests.makers_note import interview, recorded, running_safari
from tests.waiting import wait_for

SENT = [
    *(("photo", make()) for make in (files.jpeg, files.png, files.heic, files.svg, files.html, files.bomb)),
    *(("photo", make()) for make in (files.truncated, files.no_heic, files.truncated_heic)),
    *(("voice", make()) for make in (files.webm, files.wav)),
]


@pytest.fixture
def note(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    made = recorded(db, actor(cast.bas), interview(safari.id, attachments=[announced(*one) for one in SENT]))
    db.commit()
    return made


def announced(kind, content):
    return {"sha256": digest(content), "kind": kind, "size": len(content), "media_type": f"{kind}/unsure"}


def digest(content):
    return hashlib.sha256(content).hexdigest()


def address(note, content):
    return f"/api/v1/field-notes/{note.id}/blobs/{digest(content)}"


def put(browser, note, content, media_type="application/octet-stream"):
    return browser.put(address(note, content), content=content, headers={"content-type": media_type})


def here():
    with database().reading() as db:
        return db.exec(select(Attachment)).all()


@pytest.mark.parametrize("make", [files.jpeg, files.png, files.heic, files.webm, files.wav])
def test_a_file_is_kept_once_however_often_it_is_sent(as_user, cast, note, make):
    bas, content = as_user(cast.bas), make()
    answers = [put(bas, note, content) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201, 200, 200, 200, 200]
    assert {answer.text for answer in answers} == {f'{{"sha256":"{digest(content)}","state":"have"}}'}
    assert len(here()) == 1


def test_the_same_file_five_times_at_once_is_still_one(as_user, cast, note):
    cookie, app = as_user(cast.bas).headers["cookie"], served()

    async def send_all():
        headers = {"sec-fetch-site": "same-origin", "cookie": cookie}
        async with AsyncClient(transport=ASGITransport(app), base_url=ORIGIN, headers=headers) as bas:
            sent = [bas.put(address(note, files.jpeg()), content=files.jpeg()) for _ in range(5)]
            return [answer.status_code for answer in await asyncio.gather(*sent)]

    assert sorted(wait_for(send_all())) == [200, 200, 200, 200, 201]
    assert len(here()) == 1


def test_a_phone_can_ask_what_is_still_missing(as_user, cast, note):
    bas, content = as_user(cast.bas), files.jpeg()
    assert bas.head(address(note, content)).status_code == 404
    assert bas.get(address(note, content)).status_code == 404
    put(bas, note, content)
    assert bas.head(address(note, content)).status_code == 200
    assert bas.get(address(note, content)).json() == {"sha256": digest(content), "state": "have"}


def test_a_file_that_came_through_changed_is_not_kept(as_user, cast, note):
    sent = files.jpeg()
    refused = as_user(cast.bas).put(address(note, sent), content=files.jpeg(colour=(0, 0, 0)))
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["sha256"]["code"] == "blob.wrong_hash"
    assert here() == []


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (files.svg, "photo.wrong_kind"),
        (files.html, "photo.wrong_kind"),
        (files.bomb, "photo.too_many_pixels"),
        (files.truncated, "photo.broken"),
        (files.no_heic, "photo.broken"),
        (files.truncated_heic, "photo.broken"),
    ],
)
def test_what_is_no_photo_or_sound_is_refused_whatever_it_calls_itself(as_user, cast, note, make, code):
    refused = put(as_user(cast.bas), note, make(), "image/jpeg")
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["photo"]["code"] == code
    assert here() == []


def test_a_file_over_the_limit_is_refused_by_its_length_alone(as_user, cast, note, monkeypatch):
    monkeypatch.setattr(settings(), "photo_limit", 10_000)
    refused = put(as_user(cast.bas), note, b"\xff" * 10_001)
    assert refused.status_code == 413


def test_a_file_whose_length_is_not_said_is_counted_while_it_comes_in(as_user, cast, note):
    content = files.jpeg()
    pieces = (content for _ in range(1000))
    refused = as_user(cast.bas).put(address(note, content), content=pieces)
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["size"]["code"] == "blob.larger"


@pytest.mark.parametrize("sha256", ["abc", "G" * 64, "0" * 63, "0" * 65, "A" * 64])
def test_what_is_no_hash_is_said_to_be_none(as_user, cast, note, sha256):
    refused = as_user(cast.bas).put(f"/api/v1/field-notes/{note.id}/blobs/{sha256}", content=files.jpeg())
    assert refused.status_code == 422


def test_only_who_made_the_note_sends_its_files(as_user, visitor, cast, note):
    content = files.jpeg()
    for who in (cast.carla, cast.dirk, cast.eva, cast.anna):
        assert put(as_user(who), note, content).status_code in (403, 404)
    assert put(visitor, note, content).status_code == 401
    assert here() == []


def test_a_stranger_is_turned_away_before_the_file_is_looked_at(visitor, note, monkeypatch):
    monkeypatch.setattr("app.routers.incoming.unpacked", lambda *_: pytest.fail("looked"))
    assert put(visitor, note, files.jpeg()).status_code == 401


def test_the_receipt_says_have_once_the_file_is_here(as_user, db, cast, note):
    from app.models.field_note import recording
    from app.models.field_note.table import Receipt

    put(as_user(cast.bas), note, files.jpeg())
    with database().reading() as reading:
        receipt = reading.exec(select(Receipt)).one()
        states = recording.receipt_of(reading, note, receipt).attachments
    assert [state.sha256 for state in states if state.state == "have"] == [digest(files.jpeg())]
