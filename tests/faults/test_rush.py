"""When everybody comes at once."""

import asyncio
import json
import time
from typing import Any

import pytest

from app.clock import new_id
from app.database import database
from tests.conftest import served
from tests.makers import session_cookie
from tests.makers_note import interview, running_safari
from tests.waiting import wait_for

VISITORS = 150
SOON = 25.0
"""Seconds; a pool that is waited for on the event loop gives up after 30, one visitor after the other."""


async def _ask(app: Any, method: str, path: str, cookie: str, body: bytes = b"") -> int:
    said = {"host": "testserver", "sec-fetch-site": "same-origin", "content-type": "application/json"}
    headers = [(k.encode(), v.encode()) for k, v in (said | {"cookie": cookie}).items()]
    scope = {"type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "headers": headers, "scheme": "https", "server": ("testserver", 443)}
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope | {"client": ("127.0.0.1", 1)}, receive, send)
    return statuses[0]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/today", 200), ("POST", "/field-notes/0190a000-0000-7000-8000-000000000099/call", 404)],
)
def test_a_hundred_and_fifty_visits_by_bas_at_once_are_all_answered_soon(cast, stage, method, path, status):
    with database().writing() as db:
        cookie = session_cookie(db, cast.bas)
    app = served()

    async def rush() -> list[int]:
        return await asyncio.gather(*(_ask(app, method, path, cookie) for _ in range(VISITORS)))

    began = time.monotonic()
    answers = wait_for(rush())
    assert set(answers) == {status}
    assert time.monotonic() - began < SOON


def test_one_note_of_bas_sent_twenty_times_at_once_is_one_note_and_never_a_standstill(cast, db, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    cookie = session_cookie(db, cast.bas)
    db.commit()
    app, path, body = (
        served(),
        f"/api/v1/field-notes/{new_id()}",
        json.dumps(interview(safari.id)).encode(),
    )

    async def again_and_again() -> list[int]:
        return await asyncio.gather(*(_ask(app, "PUT", path, cookie, body) for _ in range(20)))

    answers = wait_for(again_and_again())
    assert answers.count(201) == 1
    assert set(answers) <= {200, 201, 503}
