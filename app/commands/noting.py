"""What a command did with a backup, noted in the database where there is one that has room for it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.commands.copying import CopyFailed, is_empty
from app.database import database
from app.models.backup import noting
from app.models.backup.table import Proof, Trouble
from app.no_room import storage_trouble

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proved:
    proof: Proof
    counts: dict[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Noted:
    """A row about one backup; without an id it goes unnoted, as on a database of before. Nothing fails for that."""

    id: str = ""

    @classmethod
    def begun(cls, night: str | None = None) -> "Noted | None":
        """None when another worker makes this night's."""
        if night is None:
            return cls(_write(noting.begin) or "")
        with database().writing() as db:
            mine = noting.begin(db, night)
        return cls(mine) if mine else None

    @classmethod
    def of_file(cls, file: Path) -> "Noted":
        return cls(_write(lambda db: noting.of_file(db, file.name, file.stat().st_size)) or "")

    def made(self, file: Path, files: int, encrypted: bool, seconds: float) -> None:
        size = file.stat().st_size
        self._tell(
            lambda db: noting.made(
                db, self.id, file=file.name, size=size, files=files, encrypted=encrypted, seconds=seconds
            )
        )

    def failed(self, why: Exception) -> None:
        self._tell(lambda db: noting.failed(db, self.id, trouble_of(why)))

    def proved(self, found: Proved) -> None:
        self._tell(
            lambda db: noting.proved(
                db, self.id, proof=found.proof, seconds=found.seconds, counts=found.counts
            )
        )

    def proof_failed(self, why: Exception) -> None:
        trouble = trouble_of(why)
        self._tell(lambda db: noting.proved(db, self.id, proof=None, seconds=0, counts={}, trouble=trouble))

    def _tell(self, write: Callable[[Session], None]) -> None:
        if self.id:
            _write(write)


def trouble_of(why: Exception) -> Trouble:
    if isinstance(why, CopyFailed):
        return why.trouble
    return Trouble.NO_ROOM if storage_trouble(why) else Trouble.FAILED


def _write(write: Callable[[Session], T | None]) -> T | None:
    if is_empty():
        return None
    with suppress(DBAPIError), database().writing() as db:
        return write(db)
    return None
