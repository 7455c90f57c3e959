"""Proof of arrival: looked up in one question, together with whether the note was thrown away on purpose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, literal, null, select, union_all
from sqlmodel import Session, col

from app.errors import Gone
from app.models.attachment.queries import arrived
from app.models.field_note.schemas import AttachmentState, NoteDraft, ReceiptOut
from app.models.field_note.table import FieldNote, NoteEdit, Receipt, Tombstone

# Every note that comes in asks this; made once, because making a statement takes longer than asking it.
KNOWN: CompoundSelect[Any] = union_all(
    select(col(Receipt.seq), col(Receipt.revision), col(Receipt.sha256), col(Receipt.received_at)).where(
        col(Receipt.note_id) == bindparam("note_id")
    ),
    select(null(), literal(0), literal(""), col(Tombstone.at)).where(
        col(Tombstone.note_id) == bindparam("note_id")
    ),
)


@dataclass(frozen=True, slots=True)
class Proof:
    seq: int
    revision: int
    sha256: str
    received_at: datetime


def known(db: Session, note_id: str) -> dict[str, Proof]:
    """What came in under this id, by the hash of its bytes. Gone when it was thrown away on purpose."""
    rows = db.connection().execute(KNOWN, {"note_id": note_id}).all()
    if any(row.seq is None for row in rows):
        raise Gone("note.erased")
    return {row.sha256: Proof(row.seq, row.revision, row.sha256, row.received_at) for row in rows}


def receipt_of(db: Session, note: FieldNote, receipt: Receipt | Proof) -> ReceiptOut:
    here = arrived(db, note.id)
    states = [
        AttachmentState(sha256=a["sha256"], state="have" if a["sha256"] in here else "missing")
        for a in note.announced
    ]
    return ReceiptOut(
        id=note.id,
        revision=receipt.revision,
        sha256=receipt.sha256,
        server_seq=receipt.seq or 0,
        received_at=receipt.received_at,
        attachments=states,
    )


def first_receipt(note_id: str, proof: Proof, draft: NoteDraft) -> ReceiptOut:
    """Of a note that came in just now: none of its files can be here yet."""
    missing = [AttachmentState(sha256=a.sha256, state="missing") for a in draft.attachments]
    return ReceiptOut(
        id=note_id,
        revision=proof.revision,
        sha256=proof.sha256,
        server_seq=proof.seq,
        received_at=proof.received_at,
        attachments=missing,
    )


def receipt_beside(db: Session, note: FieldNote, edit: NoteEdit) -> ReceiptOut:
    """Of bytes that were kept as a second version: they have no place in the server's own order."""
    proof = Proof(0, edit.revision, edit.sha256, edit.created_at)
    return receipt_of(db, note, proof).model_copy(update={"state": "beside"})
