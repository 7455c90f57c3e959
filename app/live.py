"""Tells everybody who looks at a board that something on it changed: one look a process, told to all its listeners.

The log of changes is looked at a few times a second while anybody listens, so that it works on SQLite as on
PostgreSQL and with several processes, and takes no connection per listener. Only ids are told; what they stand for
is fetched through the pages, and guarded there.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy.exc import SQLAlchemyError

from app.clock import now
from app.database import database
from app.logs import log
from app.models.access import Actor, Permission
from app.models.board import news
from app.models.board.news import News

EVERY = 0.4
"""Seconds between looks."""
STILL_THERE = 5
"""Looks after which it is asked again who may hear, also when there is nothing to tell."""
OPEN_WRITES = timedelta(seconds=12)
"""A line is written before it can be read: so far back each look goes, longer than any turn to write lasts."""
FORGOTTEN = timedelta(minutes=5)
"""After an absence this long everything on the board is fetched anew."""
MOST_EACH = 4
"""Boards that one person listens to at once, in one process; one more, and the oldest stops."""
ALL = ""


@dataclass(eq=False)
class Listener:
    user_id: str
    session_id: str
    paths: tuple[str, ...]
    told: set[str] = field(default_factory=set)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    over: str = ""
    """Why it ends: "others" when too many listen, "signed_out"."""

    def tell(self, fresh: Iterable[News]) -> None:
        heard = {one.action_id for one in fresh if one.path.startswith(self.paths)}
        if heard:
            self.told |= heard
            self.bell.set()

    def end(self, why: str) -> None:
        self.over = why
        self.bell.set()


class Hub:
    """The listeners of one process. Looks at nothing while there are none."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self._seen: dict[str, datetime] = {}
        self._looking: asyncio.Task[None] | None = None
        self._began = asyncio.Event()

    async def listen(self, actor: Actor, since: datetime) -> AsyncGenerator[tuple[str, Sequence[str]]]:
        """("changed", ids), where an empty id is any card; at last ("over", [why])."""
        listener = Listener(actor.id, actor.session_id or "", actor.paths(Permission.READ_BOARD))
        self._join(listener)
        try:
            if since < now() - FORGOTTEN:
                listener.told.add(ALL)
                listener.bell.set()
            else:
                # What happens between the two first looks must be in the sight of one of them.
                await self._began.wait()
                listener.tell(await asyncio.to_thread(_look, since - OPEN_WRITES))
            while True:
                await listener.bell.wait()
                listener.bell.clear()
                if listener.over:
                    yield "over", [listener.over]
                    return
                told, listener.told = sorted(listener.told), set()
                yield "changed", told
        finally:
            self.listeners.remove(listener)

    def _join(self, listener: Listener) -> None:
        own = [other for other in self.listeners if other.user_id == listener.user_id and not other.over]
        for oldest in own[: max(0, len(own) - MOST_EACH + 1)]:
            oldest.end("others")
        self.listeners.append(listener)
        if self._looking is None or self._looking.done():
            self._began.clear()
            self._looking = asyncio.create_task(self._look_while_heard(now() - OPEN_WRITES))

    async def _look_while_heard(self, began: datetime) -> None:
        """The first look only learns what was there before: each listener asks for that itself."""
        looks = 0
        try:
            with suppress(SQLAlchemyError):
                self._fresh(await asyncio.to_thread(_look, began))
        finally:
            self._began.set()
        while self.listeners:
            await asyncio.sleep(EVERY)
            looks += 1
            try:
                fresh = self._fresh(await asyncio.to_thread(_look, now() - OPEN_WRITES))
                if fresh or looks % STILL_THERE == 0:
                    await self._who_may_hear()
            except SQLAlchemyError as trouble:
                log.error("live", error=type(trouble).__name__)
                continue
            for listener in list(self.listeners):
                listener.tell(fresh)

    def _fresh(self, found: Sequence[News]) -> list[News]:
        fresh = [one for one in found if one.id not in self._seen]
        gone = now() - 2 * OPEN_WRITES
        self._seen = {key: at for key, at in self._seen.items() if at > gone}
        self._seen |= {one.id: now() for one in found}
        return fresh

    async def _who_may_hear(self) -> None:
        sessions = {listener.session_id for listener in self.listeners}
        hearing = await asyncio.to_thread(_hearing, sessions)
        for listener in self.listeners:
            listener.paths = hearing.get(listener.session_id, ())
            if not listener.paths:
                listener.end("signed_out")


def _look(since: datetime) -> Sequence[News]:
    with database().reading() as db:
        return news.since(db, since)


def _hearing(session_ids: set[str]) -> dict[str, tuple[str, ...]]:
    with database().reading() as db:
        return news.hearing(db, session_ids)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The one of this process; of this loop, since tests run several."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())
