from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlmodel import Field

from app.models.record import JSON_COLUMN, Record, moment, one_of


class Proof(StrEnum):
    RESTORED = "restored"
    READ = "read"
    """From the first byte to the last, but into no database: there was no right to make one."""


class Trouble(StrEnum):
    FAILED = "failed"
    NO_ROOM = "no_room"
    NO_KEY = "no_key"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"


class BackupRun(Record, table=True):
    """One backup that was begun, and whether it was seen to come back. `file` is a name without a folder."""

    __tablename__ = "backup_run"

    night: str | None = Field(default=None, max_length=10, unique=True)
    """The day of a nightly one: whoever writes the row first makes it."""
    file: str = Field(default="", max_length=200)
    finished_at: datetime | None = moment(default=None)
    size: int = Field(default=0, sa_type=BigInteger)
    files: int = 0
    encrypted: bool = False
    seconds: int = 0
    trouble: Trouble | None = Field(default=None, sa_type=one_of(Trouble))
    proved_at: datetime | None = moment(default=None)
    proof: Proof | None = Field(default=None, sa_type=one_of(Proof))
    proof_seconds: int = 0
    proof_trouble: Trouble | None = Field(default=None, sa_type=one_of(Trouble))
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON_COLUMN)
    """Rows by table, as they stood in what came back."""
