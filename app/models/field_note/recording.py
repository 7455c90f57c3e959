"""Accepts a note once, however often it is sent, and answers with proof of arrival."""

import hashlib

from sqlmodel import Session

from app.clock import now
from app.errors import Forbidden, Gone, NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note import checking, consenting, contacting, pending, receipts, revising, tagging
from app.models.field_note.forming import columns_of
from app.models.field_note.receipts import Proof, first_receipt, receipt_of
from app.models.field_note.schemas import NoteDraft, ReceiptOut
from app.models.field_note.table import FieldNote, Receipt
from app.models.record import put
from app.models.safari import queries as safaris
from app.models.safari.table import Safari

__all__ = ["canonical", "receipt_of", "record"]


def canonical(draft: NoteDraft) -> bytes:
    """The bytes of a draft that did not come over the wire (a plain form, an import)."""
    return draft.model_dump_json(by_alias=True, exclude_none=True).encode()


def record(
    db: Session,
    note_id: str,
    draft: NoteDraft,
    *,
    sent: bytes,
    by: Actor,
    based_on: int | None = None,
    author_id: str | None = None,
) -> tuple[ReceiptOut, bool]:
    """Stores the note with its tags and receipt; `sent` are the bytes whose sha256 the receipt proves.

    Returns the receipt and whether anything is new. The same bytes again give the same receipt. Other bytes under the
    same id are a new revision when `based_on` is the revision that stands here, else a Conflict; Gone when the note
    was erased. `author_id` is whose note it is, when somebody else repairs it for them.
    """
    sha256, author = hashlib.sha256(sent).hexdigest(), author_id or by.id
    came_in = receipts.known(db, note_id)
    note = _own(db, note_id, author) if came_in else None
    if note and (same := came_in.get(sha256)):
        return receipt_of(db, note, same), False
    if note:
        draft = consenting.still_agreed(db, note, draft)
    if draft.author_id not in (None, author):
        raise Forbidden("note.wrong_author")
    safari = _safari(db, by, draft.safari_id)
    guide = checking.outlines.get(db, safari.guide_version_id)
    checking.check(draft, guide)
    if note:
        revising.revise(db, note, draft, guide, sha256=sha256, based_on=based_on, by=by)
        consenting.keep(db, note_id, draft, author_id=author)
        return receipt_of(db, note, _prove(db, note_id, draft, sha256)), True
    row = columns_of(draft, guide) | {
        "id": note_id,
        "created_at": now(),
        "safari_id": safari.id,
        "location_id": safari.location_id,
        "author_id": author,
    }
    suggested, version = tagging.read_note(db, row["answers"])
    put(db, FieldNote, row | {"sentiment": suggested.sentiment, "read_with": version})
    proof = _prove(db, note_id, draft, sha256)
    if draft.call_back:
        db.add(contacting.sealed(note_id, draft.call_back))
    consenting.keep(db, note_id, draft, author_id=author)
    tagging.keep(db, note_id, suggested)
    pending.ask(db, note_id, draft.revision, row["answers"])
    log(
        db,
        "note.recorded",
        "field_note",
        note_id,
        by=by,
        at=safari.location_id,
        tags=len(suggested.suggestions),
    )
    db.flush()
    return first_receipt(note_id, proof, draft), True


def _own(db: Session, note_id: str, author: str) -> FieldNote:
    note = db.get(FieldNote, note_id)
    if note is None or note.erased_at:
        raise Gone("note.erased")
    if note.author_id != author:
        raise Forbidden("note.wrong_author")
    return note


def _safari(db: Session, by: Actor, safari_id: str) -> Safari:
    try:
        return safaris.get(db, by, safari_id)
    except NotFound:
        raise NotFound("note.safari_unknown") from None


def _prove(db: Session, note_id: str, draft: NoteDraft, sha256: str) -> Proof:
    at = now()
    row = {"note_id": note_id, "revision": draft.revision, "sha256": sha256, "received_at": at}
    written = put(db, Receipt, row).inserted_primary_key
    return Proof(written[0] if written else 0, draft.revision, sha256, at)
