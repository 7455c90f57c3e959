"""The database to one file and back: SQLite through its own online backup, PostgreSQL through pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, inspect, make_url

from app.database import database
from app.models.backup.table import Trouble
from app.settings import settings

ALL_OR_NOTHING = ("--no-owner", "--single-transaction", "--exit-on-error")


class CopyFailed(Exception):
    """One line that says why, and in one word for who reads it on a page."""

    def __init__(self, why: str, trouble: Trouble = Trouble.FAILED) -> None:
        super().__init__(why)
        self.trouble = trouble


def copy_out(to: Path) -> None:
    """A moment of the whole database, while it is written to; CopyFailed when the copy is not whole."""
    if not database().is_sqlite:
        return postgres("pg_dump", "--format=custom", "--no-owner", f"--file={to}")
    # All pages in one step: a reader in WAL mode sees one moment, and keeps no writer waiting.
    with closing(sqlite3.connect(_file())) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        # One file by itself, without a -wal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    check(to)


def copy_in(file: Path) -> None:
    """Into a place that `is_empty()`: all of it or nothing."""
    if not database().is_sqlite:
        return postgres("pg_restore", *ALL_OR_NOTHING, str(file))
    check(file)
    place = _file()
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.new")
    shutil.copyfile(file, beside)
    with beside.open("rb+") as copy:
        os.fsync(copy.fileno())
    beside.rename(place)


def is_empty() -> bool:
    if database().is_sqlite and not _file().exists():
        return True
    return not inspect(database().engine).get_table_names()


def check(file: Path) -> None:
    """SQLite's own look at every page."""
    with closing(sqlite3.connect(file)) as copy:
        try:
            found = copy.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError as broken:
            found = (str(broken),)
    if found != ("ok",):
        raise CopyFailed(f"the copy of the database is not whole: {found[0]}", Trouble.DAMAGED)


def _file() -> Path:
    return Path(make_url(settings().database).database or "")


def postgres(program: str, *arguments: str, url: URL | None = None) -> None:
    """One of its client programs, on our own database or on the one at `url`."""
    url = url or make_url(settings().database)
    # The password goes through the environment: anybody on the machine can read a command line.
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    address = url.set(drivername="postgresql", password=None).render_as_string()
    _run(program, f"--dbname={address}", *arguments, secret=secret)


def read_through(dump: Path) -> None:
    """PostgreSQL's dump from the first byte to the last, into nothing."""
    _run("pg_restore", "--file=/dev/null", str(dump), secret={})


def _run(program: str, *arguments: str, secret: dict[str, str]) -> None:
    if shutil.which(program) is None:
        raise CopyFailed(
            f"{program} is not installed here; it comes with PostgreSQL's client programs, "
            "and must be as new as the server"
        )
    done = subprocess.run(  # noqa: S603 - our own words and the operator's own settings
        [program, *arguments], env=os.environ | secret, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CopyFailed(done.stderr.strip() or f"{program} stopped with {done.returncode}")
