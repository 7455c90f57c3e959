"""A photo that comes in parts: it goes on where it stopped, and is whole or not there."""

import asyncio
import hashlib
import os
import time

import pytest
from httpx2 import ASGITransport, AsyncClient
from sqlmodel import select

from app import storage
from app.database import database
from app.main import create_app
from app.models.attachment import receiving
from app.models.attachment.table import Attachment
from app.settings import settings
from tests import makers_file as files
from tests.conftest import ORIGIN
from tests.makers_note import observation, recorded, running_safari
from tests.waiting import wait_for

PHOTO = files.jpeg((500, 400), quality=95)
LIES = files.jpeg((300, 200))


def digest(content):
    return hashlib.sha256(content).hexdigest()


def announced(content, **fields):
    return {
        "sha256": digest(content),
        "kind": "photo",
        "size": len(content),
        "media_type": "image/jpeg",
    } | fields


@pytest.fixture
def note(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    sent = [
        announced(PHOTO),
        announced(LIES, size=len(LIES) - 1),
        announced(files.webm()),
        announced(b"x" * 900),
    ]
    made = recorded(db, actor(cast.bas), observation(safari.id, attachments=sent))
    db.commit()
    return made


def address(note, content=PHOTO):
    return f"/api/v1/field-notes/{note.id}/blobs/{digest(content)}"


def send(browser, note, begin, end, content=PHOTO):
    headers = {"upload-offset": str(begin)}
    return browser.put(address(note, content), content=content[begin:end], headers=headers)


def offset(browser, note, content=PHOTO):
    answer = browser.head(address(note, content))
    return "all" if answer.status_code == 200 else int(answer.headers["upload-offset"])


def here():
    with database().reading() as db:
        return db.exec(select(Attachment)).all()


def parts():
    return sorted((settings().data / "incoming").glob("*"))


def test_a_photo_in_parts_is_kept_when_the_last_one_is_here(as_user, cast, note):
    bas, third = as_user(cast.bas), len(PHOTO) // 3
    assert offset(bas, note) == 0
    first = send(bas, note, 0, third)
    assert (first.status_code, first.json()) == (
        202,
        {"sha256": digest(PHOTO), "state": "partial", "offset": third},
    )
    assert offset(bas, note) == third
    assert here() == []
    assert send(bas, note, third, 2 * third).json()["offset"] == 2 * third
    last = send(bas, note, 2 * third, None)
    assert (last.status_code, last.json()) == (201, {"sha256": digest(PHOTO), "state": "have"})
    assert offset(bas, note) == "all"
    assert [row.sha256 for row in here()] == [digest(PHOTO)]
    assert parts() == []


def test_a_part_that_comes_twice_is_told_where_to_go_on(as_user, cast, note):
    bas = as_user(cast.bas)
    send(bas, note, 0, 1000)
    for begin in (0, 500, 1001, 10**9):
        again = send(bas, note, begin, begin + 1000)
        assert again.status_code == 409
        assert again.headers["upload-offset"] == "1000"
        assert again.json()["error"]["message"] == (
            "Een deel van dit bestand is er al. Het verzenden gaat daar verder."
        )
    assert send(bas, note, 1000, None).status_code == 201


def test_the_last_part_sent_again_is_simply_there(as_user, cast, note):
    bas = as_user(cast.bas)
    answers = [send(bas, note, 0, 1000), *(send(bas, note, 1000, None) for _ in range(3))]
    assert [answer.status_code for answer in answers] == [202, 201, 200, 200]
    assert len(here()) == 1


def test_what_is_all_here_but_was_never_finished_needs_no_more_bytes(as_user, cast, note):
    receiving.append(note.id, digest(PHOTO), PHOTO, at=0, most=len(PHOTO))
    bas = as_user(cast.bas)
    assert offset(bas, note) == len(PHOTO)
    assert send(bas, note, len(PHOTO), None).status_code == 201


def test_parts_that_do_not_make_the_photo_are_thrown_away_and_it_can_begin_again(as_user, cast, note):
    bas = as_user(cast.bas)
    send(bas, note, 0, 1000)
    receiving._place(note.id, digest(PHOTO)).write_bytes(bytes(1000))
    refused = send(bas, note, 1000, None)
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["sha256"] == {
        "code": "blob.wrong_hash",
        "message": "Het bestand kwam niet heel aan. Het wordt opnieuw verstuurd.",
    }
    assert (offset(bas, note), here(), parts()) == (0, [], [])
    assert send(bas, note, 0, None).status_code == 201


def test_more_than_the_note_announced_is_refused_and_nothing_of_it_is_kept(as_user, cast, note):
    bas = as_user(cast.bas)
    whole = bas.put(address(note, LIES), content=LIES)
    send(bas, note, 0, 100, LIES)
    in_parts = send(bas, note, 100, None, LIES)
    behind = bas.put(address(note), content=PHOTO + b"\0", headers={"upload-offset": "0"})
    for refused in (whole, in_parts, behind):
        assert refused.status_code == 422
        assert refused.json()["error"]["fields"]["size"] == {
            "code": "blob.larger",
            "message": "Dit bestand is groter dan je telefoon zei. Je notitie is bewaard.",
        }
    assert (here(), parts()) == ([], [])


def test_a_file_that_the_note_never_named_is_refused_before_it_is_read(as_user, cast, note):
    refused = send(as_user(cast.bas), note, 0, None, files.png())
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["sha256"] == {
        "code": "blob.not_announced",
        "message": "Dit bestand hoort niet bij deze notitie. Je notitie is bewaard.",
    }
    assert (here(), parts()) == ([], [])


def test_a_sound_under_the_name_of_a_photo_is_other_than_announced(as_user, cast, note):
    refused = send(as_user(cast.bas), note, 0, None, files.webm())
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"]["photo"]["code"] == "photo.wrong_kind"
    assert (here(), parts()) == ([], [])


def test_what_turns_out_to_be_no_photo_leaves_no_part_behind(as_user, cast, note):
    bas, nonsense = as_user(cast.bas), b"x" * 900
    assert send(bas, note, 0, 400, nonsense).status_code == 202
    assert send(bas, note, 400, None, nonsense).status_code == 422
    assert (here(), parts()) == ([], [])


@pytest.mark.parametrize("said", ["-1", "half", "1.5", "9" * 30])
def test_an_offset_that_is_none_is_refused(as_user, cast, note, said):
    refused = as_user(cast.bas).put(address(note), content=PHOTO[:10], headers={"upload-offset": said})
    assert refused.status_code in (409, 422)
    assert parts() == []


def test_only_who_made_the_note_sends_a_part_of_it(as_user, visitor, cast, note):
    for who in (cast.carla, cast.dirk, cast.eva, cast.anna):
        assert send(as_user(who), note, 0, 100).status_code in (403, 404)
    assert send(visitor, note, 0, 100).status_code == 401
    assert parts() == []


def test_a_whole_photo_in_one_go_takes_the_place_of_a_part(as_user, cast, note):
    bas = as_user(cast.bas)
    send(bas, note, 0, 1000)
    assert bas.put(address(note), content=PHOTO).status_code == 201
    assert parts() == []


def test_of_a_photo_cut_off_in_one_go_what_came_is_kept(as_user, cast, note):
    bas = as_user(cast.bas)
    wait_for(cut_off(bas, note, PHOTO[:777]))
    assert offset(bas, note) == 777
    assert send(bas, note, 777, None).status_code == 201


async def cut_off(browser, note, content):
    """The connection breaks after these bytes of a PUT that promised all of them."""
    messages = [{"type": "http.request", "body": content, "more_body": True}, {"type": "http.disconnect"}]
    headers = [("cookie", browser.headers["cookie"]), ("sec-fetch-site", "same-origin")]
    scope = {
        "type": "http",
        "method": "PUT",
        "path": address(note),
        "raw_path": address(note).encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "https",
        "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "server": ("testserver", 443),
        "client": ("127.0.0.1", 5),
    }

    async def receive():
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send_back(message):
        pass

    await create_app()(scope, receive, send_back)


def test_two_phones_that_send_the_same_photo_at_once_make_one_whole_photo(as_user, cast, note):
    cookie, app = as_user(cast.bas).headers["cookie"], create_app()

    async def one_phone(bas):
        while (asked := await bas.head(address(note))).status_code == 404:
            at = int(asked.headers["upload-offset"])
            part = {"content": PHOTO[at : at + 700], "headers": {"upload-offset": str(at)}}
            sent = await bas.put(address(note), **part)
            assert sent.status_code in (200, 201, 202, 409), sent.text
        return asked.status_code

    async def three_phones():
        headers = {"sec-fetch-site": "same-origin", "cookie": cookie}
        async with AsyncClient(transport=ASGITransport(app), base_url=ORIGIN, headers=headers) as bas:
            return await asyncio.gather(*(one_phone(bas) for _ in range(3)))

    assert wait_for(three_phones()) == [200] * 3
    assert [row.sha256 for row in here()] == [digest(PHOTO)]
    assert storage.path_of(here()[0].blob).stat().st_size == here()[0].size


def test_a_full_disk_leaves_the_part_as_it_was(note, monkeypatch):
    receiving.append(note.id, digest(PHOTO), PHOTO[:100], at=0, most=len(PHOTO))
    real = os.pwrite

    def full(part, content, at):
        real(part, bytes(content[:10]), at)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(OSError, match="No space"):
        receiving.append(note.id, digest(PHOTO), PHOTO[100:200], at=100, most=len(PHOTO))
    assert receiving.whole(note.id, digest(PHOTO)) == PHOTO[:100]


def test_what_nobody_came_back_for_within_a_week_goes(note):
    for name, days in (("old", 8), ("young", 6)):
        receiving.append(name, digest(PHOTO), b"x", at=0, most=10)
        long_ago = time.time() - days * 86_400
        os.utime(receiving._place(name, digest(PHOTO)), (long_ago, long_ago))
    receiving.append(note.id, digest(PHOTO), b"x", at=0, most=10)
    assert [part.name[:5] for part in parts()] == [note.id[:5], "young"]
