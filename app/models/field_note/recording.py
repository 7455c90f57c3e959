"""Accepts a note once, however often it is sent, and answers with proof of arrival."""

import hashlib
from typing import Any

from sqlmodel import Session, select

from app import sealing
from app.clock import now
from app.errors import Conflict, Forbidden, Gone
from app.models.access import Actor
from app.models.attachment.queries import arrived
from app.models.audit.noting import note as log
from app.models.field_note import checking, tagging, wording
from app.models.field_note.masking import masked
from app.models.field_note.schemas import AttachmentState, CallBack, NoteDraft, ReceiptOut
from app.models.field_note.table import Contact, FieldNote, NoteKind, Receipt
from app.models.guide.queries import Outline
from app.models.guide.table import QuestionKind
from app.models.record import put
from app.models.safari import queries as safaris
from app.models.safari.table import Safari


def canonical(draft: NoteDraft) -> bytes:
    """The bytes of a draft that did not come over the wire (a plain form, an import)."""
    return draft.model_dump_json(by_alias=True, exclude_none=True).encode()


def record(db: Session, note_id: str, draft: NoteDraft, *, sent: bytes, by: Actor) -> tuple[ReceiptOut, bool]:
    """Stores the note with its tags and receipt; `sent` are the bytes whose sha256 the receipt proves.

    Returns the receipt and whether the note is new. The same bytes again give the same receipt; other bytes
    under the same id are a Conflict, and nothing changes.
    """
    sha256 = hashlib.sha256(sent).hexdigest()
    if (known := db.exec(select(Receipt).where(Receipt.note_id == note_id)).first()) is not None:
        return _again(db, known, sha256, by), False
    if draft.author_id not in (None, by.id):
        raise Forbidden("note.wrong_author")
    safari = safaris.get(db, by, draft.safari_id)
    guide = checking.outlines.get(db, safari.guide_version_id)
    checking.check(draft, guide)
    row = _row(note_id, draft, safari, guide, by)
    suggested = tagging.read_note(row)
    put(db, FieldNote, row | {"sentiment": suggested.sentiment})
    receipt: dict[str, Any] = {
        "note_id": note_id,
        "revision": draft.revision,
        "sha256": sha256,
        "received_at": now(),
    }
    written = put(db, Receipt, receipt).inserted_primary_key
    if draft.call_back:
        db.add(_sealed(note_id, draft.call_back))
    tagging.keep(db, note_id, suggested)
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
    missing = [AttachmentState(sha256=a.sha256, state="missing") for a in draft.attachments]
    return _proof(Receipt(seq=written and written[0], **receipt), missing), True


def _row(note_id: str, draft: NoteDraft, safari: Safari, guide: Outline, by: Actor) -> dict[str, Any]:
    answers = _answers(draft, guide)
    headline = wording.headline_of(answers, guide)
    return {
        "id": note_id,
        "created_at": now(),
        "safari_id": safari.id,
        "location_id": safari.location_id,
        "author_id": by.id,
        "kind": draft.kind,
        "revision": draft.revision,
        "held_at": draft.held_at,
        "consent": draft.consent,
        "declined": draft.declined,
        "answers": answers,
        "announced": [announced.model_dump() for announced in draft.attachments],
        "headline": headline.text,
        "headline_literal": headline.literal,
        "effect": draft.effect,
        "channel": draft.channel or wording.value_in(answers, guide, "channel"),
        "nps": wording.number_in(answers, guide, "nps"),
    }


def _answers(draft: NoteDraft, guide: Outline) -> dict[str, Any]:
    """Words always say whether they are literal; choices and numbers never do."""
    said = {question.key for question in guide.questions if question.kind == QuestionKind.OPEN}
    kept: dict[str, Any] = {}
    for name, answer in draft.answers.items():
        kept[name] = {"value": masked(answer.value) if isinstance(answer.value, str) else answer.value}
        if (
            name in said
            or name.startswith("quote-")
            or (draft.kind == NoteKind.OBSERVATION and name == "text")
        ):
            kept[name]["literal"] = bool(answer.literal)
    return kept


def _sealed(note_id: str, call_back: CallBack) -> Contact:
    name = call_back.name
    return Contact(
        note_id=note_id,
        name=sealing.seal(name, place=f"contact/{note_id}/name") if name else None,
        reach=sealing.seal(call_back.reach, place=f"contact/{note_id}/reach"),
    )


def _again(db: Session, known: Receipt, sha256: str, by: Actor) -> ReceiptOut:
    note = db.get(FieldNote, known.note_id)
    if note is None or note.erased_at:
        raise Gone("note.erased")
    if note.author_id != by.id:
        raise Forbidden("note.wrong_author")
    if known.sha256 != sha256:
        raise Conflict("note.differs", id=note.id, sha256=known.sha256)
    return receipt_of(db, note, known)


def receipt_of(db: Session, note: FieldNote, receipt: Receipt) -> ReceiptOut:
    here = arrived(db, note.id)
    states = [
        AttachmentState(sha256=a["sha256"], state="have" if a["sha256"] in here else "missing")
        for a in note.announced
    ]
    return _proof(receipt, states)


def _proof(receipt: Receipt, attachments: list[AttachmentState]) -> ReceiptOut:
    return ReceiptOut(
        id=receipt.note_id,
        revision=receipt.revision,
        sha256=receipt.sha256,
        server_seq=receipt.seq or 0,
        received_at=receipt.received_at,
        attachments=attachments,
    )
