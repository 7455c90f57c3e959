"""The app as it is run: a process of its own on a free port, with a database in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from app.database import database
from app.migrating import migrate
from app.models.user import tokens
from app.models.user.table import User
from tests.cast import Cast, gather
from tests.conftest import use
from tests.makers import session_cookie


@dataclass(frozen=True, slots=True)
class Served:
    """`token` and `cookie` are Bas's."""

    port: int
    process: subprocess.Popen[bytes]
    token: str
    cookie: str

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def rss(self) -> float:
        """Resident memory in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def prepare(folder: Path, fill: Callable[[Session], None] = lambda db: None) -> tuple[str, str]:
    """A migrated database with the cast and whatever `fill` adds; Bas's token and cookie."""
    use(f"sqlite:///{folder / 'klantsafari.db'}", folder)
    migrate()
    with database().writing() as db:
        gather(db)
        fill(db)
        token = tokens.create(db, db.get_one(User, Cast.bas), name="bench")
        cookie = session_cookie(db, Cast.bas)
    return token, cookie


@contextmanager
def started(arguments: list[str], port: int, ready: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=os.environ | {"KLANTSAFARI_WRITES_A_MINUTE": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_answer(f"http://localhost:{port}{ready}", lambda: process.poll() is None)
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def served(folder: Path, fill: Callable[[Session], None] = lambda db: None) -> Iterator[Served]:
    token, cookie = prepare(folder, fill)
    port = free_port()
    with started(["app", "serve", "--port", str(port)], port, "/health/ready") as process:
        yield Served(port, process, token, cookie)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_answer(url: str, alive: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and alive():
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{url} does not answer")
