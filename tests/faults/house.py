"""A server that is killed and started again at the same address, and what its database says afterwards."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from app.database import database
from tests.bench.server import await_answer, free_port, prepare
from tests.cast import Cast
from tests.makers import session_cookie
from tests.makers_note import running_safari

RECEIPTS = """
SELECT note_id, sha256 FROM receipt JOIN field_note ON field_note.id = note_id WHERE receipt.revision = 1
"""


class House:
    """Bas's running safari, on SQLite in a folder of its own; nothing answers until `start()`."""

    def __init__(self, folder: Path, fill: Callable[[Session], None] = lambda db: None) -> None:
        self.folder, self.port, self.pid = folder, free_port(), 0
        safaris: list[str] = []

        def all_of_it(db: Session) -> None:
            safaris.append(running_safari(db, Cast.town_hall, Cast.bas).id)
            fill(db)

        self.token, self.cookie = prepare(folder, all_of_it)
        self.safari = safaris[0]
        database().engine.dispose()
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"KLANTSAFARI_LOG_LEVEL": "ERROR", "KLANTSAFARI_WRITES_A_MINUTE": "0"},
        )
        self._line()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def _line(self) -> str:
        assert self._nursery.stdout
        return self._nursery.stdout.readline().strip()

    def start(self, ready: str = "/health/ready") -> None:
        assert self._nursery.stdin
        print(self.port, file=self._nursery.stdin, flush=True)
        self.pid = int(self._line())
        await_answer(f"{self.address}{ready}", self.alive)

    def alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """As a power cut: SIGKILL, and back only when it is really gone."""
        if self.pid and self.alive():
            os.kill(self.pid, signal.SIGKILL)
            while self.alive():
                os.sched_yield()
        self.pid = 0

    def end(self) -> None:
        self.kill()
        assert self._nursery.stdin
        self._nursery.stdin.close()
        self._nursery.wait()

    def cookie_of(self, user_id: str) -> str:
        """Somebody else signs in."""
        with database().writing() as db:
            cookie = session_cookie(db, user_id)
        database().engine.dispose()
        return cookie

    def rows(self, question: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self.folder / "klantsafari.db")) as db:
            return db.execute(question).fetchall()

    def receipts(self) -> dict[str, str]:
        """{note id: sha256 of the bytes as the phone sent them} of every note that is really there."""
        return dict(self.rows(RECEIPTS))  # type: ignore[arg-type]

    def doubled(self) -> int:
        """Notes whose words came in before under another id; every note of these tests says something of its own."""
        said = Counter(self.rows("SELECT answers FROM field_note"))
        return sum(times - 1 for times in said.values())

    def whole(self) -> bool:
        """Also opens what a kill left behind."""
        return self.rows("PRAGMA integrity_check") == [("ok",)]

    def broken_blobs(self) -> int:
        """Attachment rows whose kept file is not there, or is not what its name says."""
        digests = self.rows("SELECT blob FROM attachment UNION SELECT thumbnail FROM attachment")
        return sum(not self._intact(digest) for (digest,) in digests if digest)

    def _intact(self, digest: str) -> bool:
        place = self.folder / "blobs" / digest[:2] / digest
        return place.is_file() and sha256(place.read_bytes()).hexdigest() == digest


@contextmanager
def house(folder: Path, fill: Callable[[Session], None] = lambda db: None) -> Iterator[House]:
    """Started; killed and cleared away afterwards."""
    made = House(folder, fill)
    try:
        made.start()
        yield made
    finally:
        made.end()
