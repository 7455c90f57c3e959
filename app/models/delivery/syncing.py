"""Many notes in one request: each is judged by itself.

They share one turn to write, and each has a savepoint. A transaction for each would wait fifty times for its turn and
for the disk; one transaction without savepoints would lose forty-nine good notes to a bad one. Nothing is acknowledged
before the commit: the answer is made after it, so a disk that fills up at the forty-ninth takes back all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlmodel import Session

from app.errors import Problem
from app.logs import log
from app.models.access import Actor
from app.models.delivery.receiving import Received, receive
from app.models.delivery.schemas import SyncedNote


@dataclass(frozen=True, slots=True)
class Parcel:
    """A note out of its envelope: `sent` are its bytes. With a `refused` it could not be opened."""

    id: str
    sent: bytes = b""
    based_on: int | None = None
    refused: Received | None = None


def opened(envelopes: Iterable[Any]) -> list[Parcel]:
    """Without the database, so before the turn to write."""
    return [_opened(envelope) for envelope in envelopes]


def _opened(envelope: Any) -> Parcel:
    named = envelope.get("id") if isinstance(envelope, dict) else None
    own_id = named if isinstance(named, str) and named.isascii() else ""
    try:
        note = SyncedNote.model_validate(envelope)
        return Parcel(note.id, note.bytes.encode(), note.if_match)
    except (ValidationError, UnicodeEncodeError):
        return Parcel(own_id[:36], refused=Received(400, fault=Problem("note.unreadable")))


def sync(db: Session, parcels: Sequence[Parcel], *, by: Actor) -> list[Received]:
    """One answer for each, in order."""
    return [parcel.refused or _isolated(db, parcel, by) for parcel in parcels]


def _isolated(db: Session, parcel: Parcel, by: Actor) -> Received:
    try:
        with db.begin_nested():
            return receive(db, parcel.id, parcel.sent, based_on=parcel.based_on, by=by)
    except DataError:
        return Received(400, fault=Problem("note.unreadable"))
    except IntegrityError:
        # The same note came in by another request at this very moment: the next try finds it.
        return Received(503, fault=Problem("busy", seconds=2))
    except (OperationalError, OSError):
        raise
    except Exception as crash:  # noqa: BLE001 - a note that trips us up must not keep its neighbours on the phone
        log.error("crash", error=type(crash).__name__, where="sync")
        return Received(500, fault=Problem("server"))
