"""A photo that comes in parts: it goes on where it stopped, and is whole or not there."""

import asyncio
import os
import time

import pytest
from httpx2 import ASGITransport, AsyncClient

from app import storage
from app.errors import Conflict
from app.models.attachment import receiving
from tests.conftest import ORIGIN, served
from tests.makers_parts import (
    PHOTO,
    address,
    digest,
    here,
    note_with_photos,
    offset,
    parts,
    send,
)
from tests.waiting import wait_for


@pytest.fixture
def note(db, cast, actor):
    return note_with_photos(db, cast, actor)


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

    await served()(scope, receive, send_back)


def test_two_phones_that_send_the_same_photo_at_once_make_one_whole_photo(as_user, cast, note):
    cookie, app = as_user(cast.bas).headers["cookie"], served()

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


def test_a_last_part_after_somebody_else_finished_asks_where_to_go_on_and_leaves_nothing(note):
    with pytest.raises(Conflict) as wrong:
        receiving.append(note.id, digest(PHOTO), b"", at=len(PHOTO), most=len(PHOTO))
    assert wrong.value.details == {"offset": 0}
    assert parts() == []


def test_a_full_disk_leaves_the_part_as_it_was(note, monkeypatch):
    receiving.append(note.id, digest(PHOTO), PHOTO[:100], at=0, most=len(PHOTO))
    real = os.pwrite

    def full(part, content, at):
        real(part, bytes(content[:10]), at)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(OSError, match="No space"):
        receiving.append(note.id, digest(PHOTO), PHOTO[100:200], at=100, most=len(PHOTO))
    assert [part.read_bytes() for part in parts()] == [PHOTO[:100]]


def test_what_nobody_came_back_for_within_a_week_goes(note):
    for name, days in (("old", 8), ("young", 6)):
        receiving.append(name, digest(PHOTO), b"x", at=0, most=10)
        long_ago = time.time() - days * 86_400
        os.utime(receiving._place(name, digest(PHOTO)), (long_ago, long_ago))
    receiving.append(note.id, digest(PHOTO), b"x", at=0, most=10)
    assert [part.name[:5] for part in parts()] == [note.id[:5], "young"]
