"""A stranger with a made-up cookie who sends a lot."""

from typing import Any

import pytest

from app.body_limit import STRANGER_LIMIT
from app.database import database
from app.recognising import COOKIE
from tests.conftest import served
from tests.makers import session_cookie
from tests.waiting import wait_for

NOTE_ID = "0190a000-0000-7000-8000-0000000000bb"

PIECE = b"x" * 16_000
PIECES = 320
MADE_UP = f"{COOKIE}=made-up"
FORM = "multipart/form-data; boundary=b"
HEAD = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
DOORS = [
    ("POST", "/settings/teams", FORM, 303),
    ("POST", "/login", FORM, 303),
    ("POST", f"/field-notes/{NOTE_ID}/taggings", FORM, 303),
    ("POST", "/api/v1/actions", "application/json", 401),
    ("PUT", f"/api/v1/field-notes/{NOTE_ID}", "application/json", 401),
]


class Sender:
    """Sends 5 MB in pieces, and counts how much of it was taken."""

    def __init__(self, kind: str, cookie: str, *, announced: bool) -> None:
        self.taken, self.status = 0, 0
        said = {"host": "testserver", "sec-fetch-site": "same-origin", "content-type": kind, "cookie": cookie}
        if announced:
            said["content-length"] = str(len(PIECE) * PIECES)
        self.headers = [(name.encode(), value.encode()) for name, value in said.items()]

    async def receive(self) -> dict[str, Any]:
        piece = HEAD + PIECE if self.taken == 0 else PIECE
        self.taken += len(piece)
        more = self.taken < len(PIECE) * PIECES
        return {"type": "http.request", "body": piece, "more_body": more}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]

    def ask(self, method: str, path: str) -> None:
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
        }
        scope |= {"query_string": b"", "headers": self.headers, "scheme": "https"}
        scope |= {"server": ("testserver", 443), "client": ("127.0.0.1", 1)}
        wait_for(served()(scope, self.receive, self.send))


@pytest.mark.parametrize(("method", "path", "kind", "status"), DOORS)
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_stranger_with_a_made_up_cookie_is_turned_away_before_much_is_read(
    stage, method, path, kind, status, announced
):
    stranger = Sender(kind, MADE_UP, announced=announced)
    stranger.ask(method, path)
    assert stranger.status == status
    assert stranger.taken <= (0 if announced else STRANGER_LIMIT + 2 * len(PIECE))


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_phone_whose_session_is_gone_hears_that_and_not_that_its_photo_is_too_large(stage, announced):
    phone = Sender("image/jpeg", "", announced=announced)
    del phone.headers[3]
    phone.ask("PUT", f"/api/v1/field-notes/{NOTE_ID}/blobs/{'ab' * 32}")
    assert phone.status == 401
    assert phone.taken <= STRANGER_LIMIT + 2 * len(PIECE)


def test_what_bas_sends_is_read_to_its_end(cast, stage):
    with database().writing() as db:
        bas = Sender("application/json", session_cookie(db, cast.bas), announced=True)
    bas.ask("PUT", f"/api/v1/field-notes/{NOTE_ID}")
    assert bas.taken >= len(PIECE) * PIECES
    assert bas.status == 413, "read, and more than one note can be"
