"""A person decides about what was set apart: it becomes the note it was meant to be, or it is thrown away."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError
from sqlmodel import Session, col, select

from app.clock import now, within_reach
from app.errors import Forbidden, Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.delivery import apart as aparts
from app.models.delivery.apart import Apart
from app.models.delivery.quarantining import opened
from app.models.delivery.table import Quarantine, Verdict
from app.models.field_note import checking
from app.models.field_note.editing import record_or_keep
from app.models.field_note.form import draft_from
from app.models.field_note.schemas import Announced, NoteDraft
from app.models.field_note.table import FieldNote, NoteEdit, NoteKind, Tombstone
from app.models.safari import queries as safaris

_MOMENT: TypeAdapter[datetime] = TypeAdapter(datetime)
_FILE: TypeAdapter[Announced] = TypeAdapter(Announced)


class DiscardDraft(BaseModel):
    reason: Annotated[str, StringConstraints(strip_whitespace=True), Field(min_length=3, max_length=500)]


def repair(
    db: Session,
    apart: Apart,
    fields: Mapping[str, Sequence[str]],
    *,
    kind: NoteKind,
    safari_id: str,
    by: Actor,
) -> NoteEdit | None:
    """Records what the form says as the sender's own note. The receipt proves the bytes that the phone sent, so that it
    may let go of them. Returns the version beside it, when that note is here with other words already."""
    row = apart.row
    _require(db, apart, by, own=True)
    safari = safaris.get(db, by, safari_id)
    guide = checking.outlines.get(db, safari.guide_version_id)
    declined = list(fields.get("consent", ())) == ["no"]
    if (
        apart.lacks_contact
        and kind == NoteKind.INTERVIEW
        and not declined
        and "call_back.reach" not in fields
    ):
        raise Invalid({"call_back.reach": "quarantine.reveal_first"})
    draft = draft_from(
        _without_answers(fields) if declined else fields,
        guide,
        kind=kind,
        safari_id=safari.id,
        at=_held_at(apart),
        attachments=[] if declined else _files(apart.raw),
    )
    kept = {} if declined or draft.call_back or not apart.contact else {"call_back": apart.contact}
    draft = draft.model_copy(update={"revision": row.revision} | kept)
    beside = _recorded(db, apart, draft, by)
    _close(db, row, Verdict.REPAIRED, by, at=safari.location_id)
    return beside


def _recorded(db: Session, apart: Apart, draft: NoteDraft, by: Actor) -> NoteEdit | None:
    row, sent = apart.row, opened(apart.row).encode()
    return record_or_keep(
        db, row.note_id, draft, sent, based_on=row.revision - 1 or None, by=by, author_id=row.user_id
    )


def discard(db: Session, apart: Apart, draft: DiscardDraft, *, by: Actor) -> None:
    """Its id never comes back, unless it is also the id of a note that is here or of bytes still undecided."""
    row = apart.row
    _require(db, apart, by, own=False)
    row.reason = draft.reason
    _close(db, row, Verdict.DISCARDED, by, at=row.location_id)
    undecided = select(Quarantine.id).where(
        Quarantine.note_id == row.note_id, col(Quarantine.verdict).is_(None)
    )
    if db.get(FieldNote, row.note_id) is None and db.exec(undecided).first() is None:
        db.add(Tombstone(note_id=row.note_id, by_id=by.id, reason=draft.reason))
        db.flush()


def _require(db: Session, apart: Apart, by: Actor, *, own: bool) -> None:
    """The sender may mend own words; to throw away takes who answers for the place."""
    if not (own and apart.row.user_id == by.id) and not aparts.may_decide(db, by, apart):
        raise Forbidden


def _close(db: Session, row: Quarantine, verdict: Verdict, by: Actor, *, at: str | None) -> None:
    """What was sealed goes: it is in the note now, or was meant to go."""
    row.verdict, row.sealed, row.settled_at, row.settled_by_id = verdict, b"", now(), by.id
    log(db, f"quarantine.{verdict}", "quarantine", row.id, by=by, at=at, note=row.note_id)
    db.flush()


def _without_answers(fields: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {
        name: given
        for name, given in fields.items()
        if not name.startswith(("answers.", "call_back", "literal."))
    }


def _held_at(apart: Apart) -> datetime:
    """When it was held, else when it came in."""
    try:
        held_at = within_reach(_MOMENT.validate_python(apart.raw.get("held_at")))
    except ValueError:
        return apart.row.created_at
    return held_at if held_at.tzinfo else apart.row.created_at


def _files(raw: Mapping[str, Any]) -> list[Announced]:
    found = raw.get("attachments")
    kept = []
    for one in found if isinstance(found, list) else []:
        try:
            kept.append(_FILE.validate_python(one))
        except ValidationError:
            continue
    return kept[:30]
