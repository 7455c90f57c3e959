"""Notes that have yet to be read by their meaning: asked for with the note, done afterwards, come what may."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult
from sqlmodel import Session, col, delete, select, update

from app.clock import now
from app.models.field_note import retagging
from app.models.field_note.retagging import Read
from app.models.field_note.table import FieldNote, PendingReading
from app.models.field_note.wording import texts_of
from app.models.record import put_new
from app.models.tag.meaning.encoder import wanted

AT_ONCE = 20
MOST_TRIES = 3
"""A note that ended its reader so often is left as its words alone were read."""


def ask(db: Session, note_id: str, revision: int, answers: Mapping[str, Any]) -> None:
    """In the transaction of the note itself; nothing where reading by meaning is off, or nobody said anything."""
    if not wanted() or not texts_of(answers):
        return
    asked = {"note_id": note_id, "revision": revision, "since": now(), "tries": 0}
    put_new(db, PendingReading, [asked])
    db.exec(update(PendingReading).where(col(PendingReading.note_id) == note_id).values(asked))


def is_any(db: Session) -> bool:
    return db.exec(select(PendingReading.note_id).limit(1)).first() is not None


def begin(db: Session) -> list[str]:
    """The next notes, the oldest first; one that was begun before comes by itself, in case it is what goes wrong."""
    db.exec(delete(PendingReading).where(col(PendingReading.tries) >= MOST_TRIES))
    waiting = select(PendingReading.note_id).order_by(col(PendingReading.since), col(PendingReading.note_id))
    new = list(db.exec(waiting.where(PendingReading.tries == 0).limit(AT_ONCE)))
    ids = new or list(db.exec(waiting.limit(1)))
    db.exec(
        update(PendingReading)
        .where(col(PendingReading.note_id).in_(ids))
        .values(tries=PendingReading.tries + 1)
    )
    return ids


def finish(db: Session, read: Mapping[str, Read]) -> int:
    """Keeps what was found, once: what another reader finished, or was changed or erased since, is not there any more.

    How many were kept."""
    locked = select(FieldNote.id).where(col(FieldNote.id).in_(list(read))).order_by(col(FieldNote.id))
    db.exec(locked.with_for_update()).all()
    mine = {note_id: one for note_id, one in read.items() if _taken(db, note_id, one.revision)}
    retagging.renew(db, mine)
    return len(mine)


def drop(db: Session, ids: list[str]) -> None:
    """Where there is nothing to read by meaning with."""
    db.exec(delete(PendingReading).where(col(PendingReading.note_id).in_(ids)))


def _taken(db: Session, note_id: str, revision: int) -> bool:
    this = delete(PendingReading).where(
        col(PendingReading.note_id) == note_id, col(PendingReading.revision) == revision
    )
    found: CursorResult[Any] = db.connection().execute(this)
    return found.rowcount == 1
