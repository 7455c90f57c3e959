"""Engine, SQLite pragmas, and the two kinds of session: one reads, one writes and commits once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from app.settings import settings

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "secure_delete=ON",
)
AT_ONCE = 16
"""Requests that read, and as many that write to PostgreSQL, each with a connection; the others wait without one."""
STREAMS_AT_ONCE = 8
POOL: dict[str, Any] = {"pool_size": 16, "max_overflow": 44, "pool_timeout": 2}
"""Room for all of them and for exports under way. Who waits for the pool holds up everybody: so never for long."""


class Database:
    """One database. Writers to SQLite queue one by one, in order of arrival, before they begin: its own waiting is
    unfair, and 32 clients then wait up to 1.5 s."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writes = self.engine.execution_options(writes=True)
        self._readers = asyncio.Semaphore(AT_ONCE)
        self._streams = asyncio.Semaphore(STREAMS_AT_ONCE)
        self._writers = asyncio.Semaphore(1 if self.is_sqlite else AT_ONCE)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with Session(self._writes, expire_on_commit=False) as db:
            yield db
            db.commit()

    def scrub(self) -> None:
        """Leaves no trace of what was erased in pages that were set free, nor in the log beside the file. Takes the
        whole database for a moment, so not in the middle of the day. PostgreSQL sees to its own dead rows.
        """
        if self.is_sqlite:
            self._alone("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")

    def checkpoint(self) -> None:
        """What was erased is overwritten in the file itself, and gone from the log beside it."""
        if self.is_sqlite:
            self._alone("PRAGMA wal_checkpoint(TRUNCATE)")

    def _alone(self, *statements: str) -> None:
        """Outside any transaction, which SQLAlchemy would begin by itself."""
        connection = self.engine.raw_connection()
        try:
            for statement in statements:
                connection.cursor().execute(statement).fetchall()
        finally:
            connection.close()

    @asynccontextmanager
    async def reading_in_turn(self) -> AsyncIterator[Session]:
        """For requests: a rush waits here, where it keeps nobody else from being answered."""
        async with self._readers, self._closing() as db:
            yield db

    @asynccontextmanager
    async def streaming_in_turn(self) -> AsyncIterator[Session]:
        """For answers that stream, as slowly as somebody's phone takes them: they wait only for each other."""
        async with self._streams, self._closing() as db:
            yield db

    @asynccontextmanager
    async def _closing(self) -> AsyncIterator[Session]:
        db = Session(self.engine, expire_on_commit=False)
        try:
            yield db
        finally:
            await run_in_threadpool(db.close)

    @asynccontextmanager
    async def writing_in_turn(self) -> AsyncIterator[Session]:
        """For requests: waits its turn without holding a thread, commits off the event loop."""
        async with self._writers:
            db = Session(self._writes, expire_on_commit=False)
            try:
                yield db
            except BaseException:
                await run_in_threadpool(db.close)
                raise
            await run_in_threadpool(_commit_and_close, db)


def _commit_and_close(db: Session) -> None:
    with db:
        db.commit()


@cache
def database() -> Database:
    return Database(settings().database)


def _engine(url: str) -> Engine:
    # Parameters are what customers said: an error that is printed somewhere must not repeat them.
    options: dict[str, Any] = {"hide_parameters": True, "json_deserializer": from_json} | POOL
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **options)
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
