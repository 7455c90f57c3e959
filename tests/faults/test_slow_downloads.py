"""Many who download at once, and take their time."""

import asyncio
from typing import Any

from app.database import STREAMS_AT_ONCE, database
from tests.conftest import served
from tests.makers import session_cookie
from tests.waiting import wait_for

DOWNLOADS = 20


class Visit:
    """A GET whose answer is taken no sooner than `ready`."""

    def __init__(self, app: Any, path: str, cookie: str, ready: asyncio.Event) -> None:
        self.app, self.path, self.ready, self.status = app, path, ready, 0
        self.headers = [(b"host", b"testserver"), (b"cookie", cookie.encode())]

    async def receive(self) -> dict[str, Any]:
        await self.ready.wait()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message: Any) -> None:
        await self.ready.wait()
        self.status = message.get("status", self.status)

    async def ask(self) -> int:
        scope: dict[str, Any] = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": self.path,
            "query_string": b"",
        }
        scope |= {"raw_path": self.path.encode(), "headers": self.headers, "scheme": "https"}
        scope |= {"asgi": {"version": "3.0", "spec_version": "2.4"}, "client": ("127.0.0.1", 1)}
        await self.app(scope | {"server": ("testserver", 443)}, self.receive, self.send)
        return self.status


def test_twenty_slow_downloads_wait_for_each_other_and_leave_the_pool_to_the_rest(cast, stage):
    with database().writing() as db:
        cookie = session_cookie(db, cast.bas)
    app = served()

    async def all_day() -> tuple[int, int, list[int]]:
        home, now = asyncio.Event(), asyncio.Event()
        now.set()
        visits = [Visit(app, "/exports/field-notes.csv", cookie, home) for _ in range(DOWNLOADS)]
        slow = [asyncio.create_task(visit.ask()) for visit in visits]
        await asyncio.sleep(3)
        held = database().engine.pool.checkedout()  # type: ignore[attr-defined]
        meanwhile = await asyncio.wait_for(Visit(app, "/today", cookie, now).ask(), 20)
        home.set()
        return held, meanwhile, await asyncio.wait_for(asyncio.gather(*slow), 60)

    held, meanwhile, taken = wait_for(all_day())
    assert held <= STREAMS_AT_ONCE
    assert meanwhile == 200
    assert set(taken) == {200}
