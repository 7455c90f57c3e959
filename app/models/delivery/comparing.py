"""Compares what a phone says it holds with what is here: as many questions for a thousand notes as for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.attachment.table import Attachment
from app.models.delivery import quarantining
from app.models.delivery.schemas import ManifestEntry, NoteStateOut, State
from app.models.delivery.table import Quarantine, Verdict
from app.models.field_note.schemas import AttachmentState, ReceiptOut
from app.models.field_note.table import FieldNote, NoteEdit, Receipt, Tombstone


@dataclass(slots=True)
class Known:
    """What stands here under the ids that were asked for, whoever made it."""

    owners: dict[str, str] = field(default_factory=dict)
    announced: dict[str, Sequence[dict[str, Any]]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    receipts: dict[tuple[str, int], Receipt] = field(default_factory=dict)
    beside: dict[tuple[str, str], NoteEdit] = field(default_factory=dict)
    quarantined: dict[tuple[str, int, str], Quarantine] = field(default_factory=dict)
    files: dict[str, set[str]] = field(default_factory=dict)


def compare(db: Session, entries: Sequence[ManifestEntry], *, by: Actor) -> list[NoteStateOut]:
    """In the order of the entries. Somebody else's id looks as one that nobody knows."""
    known = _known(db, {entry.id for entry in entries})
    return [_state_of(entry, known, by) for entry in entries]


def _known(db: Session, ids: Iterable[str]) -> Known:
    known, wanted = Known(), list(ids)
    quarantined = db.exec(select(Quarantine).where(col(Quarantine.note_id).in_(wanted)))
    for row in quarantined:
        known.owners[row.note_id] = row.user_id
        known.quarantined[row.note_id, row.revision, row.sha256] = row
    notes = select(FieldNote.id, FieldNote.author_id, FieldNote.erased_at, FieldNote.announced)
    for note_id, author_id, erased_at, announced in db.exec(notes.where(col(FieldNote.id).in_(wanted))):
        known.owners[note_id], known.announced[note_id] = author_id, announced
        if erased_at:
            known.gone.add(note_id)
    known.gone |= set(db.exec(select(Tombstone.note_id).where(col(Tombstone.note_id).in_(wanted))))
    for receipt in db.exec(select(Receipt).where(col(Receipt.note_id).in_(wanted))):
        known.receipts[receipt.note_id, receipt.revision] = receipt
    for edit in db.exec(select(NoteEdit).where(col(NoteEdit.note_id).in_(wanted))):
        known.beside[edit.note_id, edit.sha256] = edit
    files = select(Attachment.note_id, Attachment.sha256).where(col(Attachment.note_id).in_(wanted))
    for note_id, sha256 in db.exec(files):
        known.files.setdefault(note_id, set()).add(sha256)
    return known


def _state_of(entry: ManifestEntry, known: Known, by: Actor) -> NoteStateOut:
    if known.owners.get(entry.id, by.id) != by.id:
        return _answer(entry, "unknown", set())
    here = known.files.get(entry.id, set())
    if entry.id in known.gone:
        return NoteStateOut(id=entry.id, state="deleted")
    announced = [file["sha256"] for file in known.announced.get(entry.id, [])]
    receipt = known.receipts.get((entry.id, entry.revision))
    if receipt and receipt.sha256 == entry.sha256:
        return _answer(entry, "have", here, _proof(receipt, announced, here))
    if edit := known.beside.get((entry.id, entry.sha256)):
        # Until somebody chose between the two, the phone shows that there are two.
        return _answer(entry, "have" if edit.settled_at else "differs", here, _beside(edit, announced, here))
    if kept := known.quarantined.get((entry.id, entry.revision, entry.sha256)):
        if kept.verdict == Verdict.DISCARDED:
            return NoteStateOut(id=entry.id, state="deleted")
        return _answer(entry, "quarantined", here, quarantining.receipt_of(kept))
    return _answer(entry, "differs" if receipt else "unknown", here)


def _answer(
    entry: ManifestEntry, state: State, here: set[str], receipt: ReceiptOut | None = None
) -> NoteStateOut:
    missing = [sha256 for sha256 in dict.fromkeys(entry.attachments) if sha256 not in here]
    return NoteStateOut(id=entry.id, state=state, missing=missing, receipt=receipt)


def _proof(receipt: Receipt, announced: Iterable[str], here: set[str]) -> ReceiptOut:
    return ReceiptOut(
        id=receipt.note_id,
        revision=receipt.revision,
        sha256=receipt.sha256,
        server_seq=receipt.seq or 0,
        received_at=receipt.received_at,
        attachments=_files(announced, here),
    )


def _beside(edit: NoteEdit, announced: Iterable[str], here: set[str]) -> ReceiptOut:
    return ReceiptOut(
        id=edit.note_id,
        revision=edit.revision,
        sha256=edit.sha256,
        server_seq=0,
        received_at=edit.created_at,
        state="beside",
        attachments=_files(announced, here),
    )


def _files(announced: Iterable[str], here: set[str]) -> list[AttachmentState]:
    return [AttachmentState(sha256=a, state="have" if a in here else "missing") for a in announced]
