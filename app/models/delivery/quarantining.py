"""What can be read but does not fit is set apart, sealed and under its own hash, until a person decides."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app import sealing
from app.errors import Fault, Forbidden, Gone, TooMany
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.delivery.table import Quarantine, Verdict
from app.models.field_note.schemas import LAST_REVISION, ReceiptOut
from app.models.safari.table import Safari

MOST_OPEN = 500
"""Set apart and undecided, for one person; what comes after that waits on the phone."""
PLAIN = re.compile(r"[a-z][a-z0-9_]*([.-][a-z0-9_]+)*", re.IGNORECASE)


def set_apart(
    db: Session,
    note_id: str,
    raw: Mapping[str, Any],
    sent: bytes,
    faults: Mapping[str, Fault],
    *,
    safari: Safari | None,
    by: Actor,
) -> ReceiptOut:
    """The same bytes are kept once, with the same receipt. Gone when somebody threw them away."""
    sha256, revision = hashlib.sha256(sent).hexdigest(), _revision(raw)
    there = select(Quarantine).where(
        Quarantine.note_id == note_id, Quarantine.revision == revision, Quarantine.sha256 == sha256
    )
    if known := db.exec(there).first():
        return _again(known, by)
    if open_of(db, by) >= MOST_OPEN:
        raise TooMany("quarantine.full", seconds=3600)
    apart = Quarantine(
        note_id=note_id,
        revision=revision,
        sha256=sha256,
        sealed=b"",
        user_id=by.id,
        safari_id=safari.id if safari else None,
        location_id=safari.location_id if safari else None,
        faults={_plain(name): [code, details] for name, (code, details) in faults.items()},
    )
    apart.sealed = sealing.seal(sent.decode(), place=place_of(apart))
    try:
        with db.begin_nested():
            db.add(apart)
    except IntegrityError:
        # The same bytes at the same moment; PostgreSQL lets both come this far.
        return _again(db.exec(there).one(), by)
    log(db, "note.set_apart", "quarantine", apart.id, by=by, at=apart.location_id, faults=len(faults))
    return receipt_of(apart)


def _again(known: Quarantine, by: Actor) -> ReceiptOut:
    if known.user_id != by.id:
        raise Forbidden("note.wrong_author")
    if known.verdict == Verdict.DISCARDED:
        raise Gone("note.discarded")
    return receipt_of(known)


def receipt_of(apart: Quarantine) -> ReceiptOut:
    """Proves that these bytes are here, not that they became a note."""
    return ReceiptOut(
        id=apart.note_id,
        revision=apart.revision,
        sha256=apart.sha256,
        server_seq=0,
        received_at=apart.created_at,
        state="quarantined",
        attachments=[],
    )


def open_of(db: Session, by: Actor) -> int:
    waiting = select(func.count()).where(col(Quarantine.user_id) == by.id, col(Quarantine.verdict).is_(None))
    return db.exec(waiting).one()


def place_of(apart: Quarantine) -> str:
    return f"quarantine/{apart.note_id}/{apart.sha256}"


def opened(apart: Quarantine) -> str:
    """The bytes as they were sent, as text; empty once somebody decided."""
    return sealing.unseal(apart.sealed, place=place_of(apart)) if apart.sealed else ""


def _revision(raw: Mapping[str, Any]) -> int:
    given = raw.get("revision")
    return given if type(given) is int and 1 <= given <= LAST_REVISION else 1


def _plain(name: str) -> str:
    """The names of fields come from outside too, and may hold what a customer said."""
    return name[:80] if PLAIN.fullmatch(name[:80]) else "other"
