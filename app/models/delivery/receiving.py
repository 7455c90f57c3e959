"""One note as a phone sent it: recorded, set apart or refused with a reason, and never half or under a wrong name."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session, select

from app.errors import Conflict, Forbidden, Gone, Invalid, NotFound, Problem, TooLarge, TooMany
from app.models.access import Actor
from app.models.delivery import quarantining
from app.models.delivery.parsing import parsed
from app.models.field_note import receipts, recording, revising
from app.models.field_note.as_json import NoteOut, shown
from app.models.field_note.form import faults_in
from app.models.field_note.schemas import NoteDraft, ReceiptOut, without_nul
from app.models.field_note.table import FieldNote, NoteEdit
from app.models.safari import queries as safaris
from app.models.safari.table import Safari

STATUS: dict[type[Problem], int] = {
    Forbidden: 403,
    NotFound: 404,
    Gone: 410,
    TooLarge: 413,
    TooMany: 429,
}
MOST_BYTES = 4_000_000
"""Of one note without its files: every question answered at full length fits."""


@dataclass(frozen=True, slots=True)
class Received:
    """`status` as over HTTP: 201 new, 200 known, else a `fault` says why not; `current` is what stands here.

    With 409 and 422 the receipt proves that these very bytes were kept, beside the note or apart.
    """

    status: int
    receipt: ReceiptOut | None = None
    fault: Problem | None = None
    current: NoteOut | None = None


def receive(db: Session, note_id: str, sent: bytes, *, based_on: int | None, by: Actor) -> Received:
    """Takes in the bytes under that id. `based_on` is the revision an edit began from."""
    try:
        if len(sent) > MOST_BYTES:
            raise TooLarge("too_large", limit=MOST_BYTES // 1_000_000)
        return _taken_in(db, note_id, _parsed(sent), sent, based_on, by)
    except Problem as refused:
        status = next((code for kind, code in STATUS.items() if isinstance(refused, kind)), 400)
        return Received(status, fault=refused)
    except DataError:
        return Received(400, fault=Problem("note.unreadable"))


def _parsed(sent: bytes) -> dict[str, Any]:
    try:
        return parsed(sent)
    except ValueError:
        raise Problem("note.unreadable") from None


def _taken_in(
    db: Session, note_id: str, raw: dict[str, Any], sent: bytes, based_on: int | None, by: Actor
) -> Received:
    if raw.get("author_id") not in (None, by.id):
        raise Forbidden("note.wrong_author")
    try:
        draft = _draft(raw)
        if draft.revision > 1 and based_on is None:
            return Received(428, fault=Problem("note.base_missing"))

        def record() -> tuple[ReceiptOut, bool]:
            return recording.record(db, note_id, draft, sent=sent, by=by, based_on=based_on)

        receipt, is_new = _in_savepoint(db, record)
    except Conflict as differs:
        return _beside(db, note_id, draft, sent, based_on, differs, by)
    except Invalid as wrong:
        if mended := _mended(db, note_id, sent, by):
            return mended
        safari = _safari(db, note_id, raw, by)
        receipt = quarantining.set_apart(db, note_id, raw, sent, wrong.fields, safari=safari, by=by)
        return Received(422, receipt, fault=wrong)
    return Received(201 if is_new else 200, receipt)


def _draft(raw: Mapping[str, Any]) -> NoteDraft:
    if raw.get("schema", 1) != 1:
        raise Invalid({"schema": "note.unknown_schema"})
    try:
        return NoteDraft.model_validate(raw)
    except ValidationError as wrong:
        raise Invalid(faults_in(wrong)) from None


def _in_savepoint(db: Session, record: Callable[[], tuple[ReceiptOut, bool]]) -> tuple[ReceiptOut, bool]:
    """On PostgreSQL two may write the same at once: who comes second asks again, and is answered by the first. SQLite
    lets one write at a time, and a refusal comes before the first write: there it would cost and bring nothing."""
    if db.get_bind().dialect.name == "sqlite":
        return record()
    try:
        with db.begin_nested():
            return record()
    except IntegrityError:
        with db.begin_nested():
            return record()


def _beside(
    db: Session,
    note_id: str,
    draft: NoteDraft,
    sent: bytes,
    based_on: int | None,
    differs: Conflict,
    by: Actor,
) -> Received:
    edit = revising.keep_beside(
        db,
        note_id,
        draft,
        sent=sent,
        based_on=based_on,
        by=by,
        author_id=by.id,
    )
    return _two(db, db.get_one(FieldNote, note_id), edit, differs)


def _two(db: Session, note: FieldNote, edit: NoteEdit, differs: Conflict) -> Received:
    receipt = receipts.receipt_beside(db, note, edit)
    if edit.settled_at:
        return Received(200, receipt)
    return Received(409, receipt, fault=differs, current=shown(db, [note])[0])


def _mended(db: Session, note_id: str, sent: bytes, by: Actor) -> Received | None:
    """Somebody made these very bytes fit: they are proven, and what belongs to them may follow."""
    note, sha256 = db.get(FieldNote, note_id), hashlib.sha256(sent).hexdigest()
    if note is None or note.author_id != by.id:
        return None
    if proof := receipts.known(db, note_id).get(sha256):
        return Received(200, receipts.receipt_of(db, note, proof))
    there = select(NoteEdit).where(NoteEdit.note_id == note_id, NoteEdit.sha256 == sha256)
    edit = db.exec(there).first()
    return _two(db, note, edit, Conflict("note.differs", id=note_id)) if edit else None


def _safari(db: Session, note_id: str, raw: Mapping[str, Any], by: Actor) -> Safari | None:
    """Where it belongs, as far as it says so. What says so is refused as any note would be: an unknown safari may
    still be on its way, and nothing is put with a place or under a note that is not this person's."""
    known = db.get(FieldNote, note_id)
    if known and known.author_id != by.id:
        raise Forbidden("note.wrong_author")
    if known and known.emptied_at:
        raise Gone("note.emptied")
    receipts.known(db, note_id)
    given = raw.get("safari_id")
    if not isinstance(given, str):
        return None
    try:
        return safaris.get(db, by, without_nul(given))
    except NotFound:
        raise NotFound("note.safari_unknown") from None
