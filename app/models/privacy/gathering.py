"""All that is kept of one person, for that person: what they said, what was done with it, and who looked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlmodel import Session, col, select

from app.models.action.table import Evidence, ImprovementAction, Step
from app.models.attachment.serving import ENDINGS
from app.models.attachment.table import Attachment
from app.models.audit.table import AuditEntry
from app.models.consent import giving
from app.models.consent.table import Consent
from app.models.field_note import contacting
from app.models.field_note.checking import outlines
from app.models.field_note.contacting import Reach
from app.models.field_note.showing import Line, lines
from app.models.field_note.table import Contact, FieldNote, NoteEdit, Tagging, TaggingState
from app.models.location.table import Location
from app.models.privacy.requesting import code_of
from app.models.record import Words
from app.models.rule.table import Rule, RuleNote
from app.models.safari.table import Safari
from app.models.tag.table import Tag

LOOKED = ("contact.viewed", "contact.called", "voice.opened")


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened name, number or voice."""

    at: datetime
    name: str
    verb: str


@dataclass(frozen=True, slots=True)
class Told:
    """One note with everything that hangs on it. `former` are earlier versions of the answers."""

    note: FieldNote
    code: str
    place: str
    lines: list[Line]
    themes: list[Words]
    actions: Sequence[ImprovementAction]
    rules: list[str]
    consents: Sequence[Consent]
    contact: Reach | None
    called_at: datetime | None
    looks: list[Look]
    files: Sequence[Attachment]
    former: list[dict[str, Any]] = field(default_factory=list)


def gather(db: Session, note_ids: Sequence[str]) -> list[Told]:
    wanted = select(FieldNote).where(col(FieldNote.id).in_(note_ids), col(FieldNote.erased_at).is_(None))
    return [_told(db, note) for note in db.exec(wanted.order_by(col(FieldNote.held_at)))]


def _told(db: Session, note: FieldNote) -> Told:
    guide = outlines.get(db, db.get_one(Safari, note.safari_id).guide_version_id)
    contact = db.get(Contact, note.id)
    tags = (
        select(Tag.name)
        .join(Tagging, col(Tagging.tag_id) == col(Tag.id))
        .where(Tagging.note_id == note.id, Tagging.state == TaggingState.ACCEPTED)
        .order_by(col(Tag.position))
    )
    resting = select(Evidence.action_id).where(Evidence.note_id == note.id)
    met = select(Rule.title).join(RuleNote, col(RuleNote.rule_id) == col(Rule.id))
    edits = select(NoteEdit.draft).where(NoteEdit.note_id == note.id)
    return Told(
        note=note,
        code=code_of(note.id),
        place=db.get_one(Location, note.location_id).name,
        lines=[line for line in lines(note, guide, []) if line.answered],
        themes=[dict(name) for name in db.exec(tags)],
        actions=db.exec(select(ImprovementAction).where(col(ImprovementAction.id).in_(resting))).all(),
        rules=list(db.exec(met.where(RuleNote.note_id == note.id))),
        consents=giving.of(db, note.id),
        contact=_opened(contact),
        called_at=contact.called_at if contact else None,
        looks=_looks(db, note.id),
        files=db.exec(
            select(Attachment).where(Attachment.note_id == note.id).order_by(col(Attachment.id))
        ).all(),
        former=[dict(draft.get("answers", {})) for draft in db.exec(edits)],
    )


def _opened(contact: Contact | None) -> Reach | None:
    try:
        return contacting.opened(contact) if contact else None
    except InvalidTag:
        return None


def _looks(db: Session, note_id: str) -> list[Look]:
    seen = select(AuditEntry).where(AuditEntry.subject_id == note_id, col(AuditEntry.verb).in_(LOOKED))
    return [Look(one.at, one.actor_name, one.verb) for one in db.exec(seen.order_by(col(AuditEntry.at)))]


def as_json(told: Told) -> dict[str, Any]:
    """For a machine: the same, without ids of employees."""
    note = told.note
    return {
        "code": told.code,
        "kind": str(note.kind),
        "held_at": note.held_at.isoformat(),
        "place": told.place,
        "answers": note.answers,
        "former_answers": told.former,
        "nps": note.nps,
        "channel": note.channel,
        "sentiment": note.sentiment,
        "themes": [name.get("nl", "") for name in told.themes],
        "rules": told.rules,
        "actions": [
            {"title": one.title, "step": str(one.step), "told": one.step == Step.TOLD} for one in told.actions
        ],
        "consents": [
            {
                "purpose": str(one.purpose),
                "version": one.version,
                "channel": str(one.channel),
                "given_at": one.given_at.isoformat() if one.given_at else None,
                "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
            }
            for one in told.consents
        ],
        "contact": {"name": told.contact.name, "reach": told.contact.reach} if told.contact else None,
        "looked_at": [{"at": one.at.isoformat(), "by": one.name, "what": one.verb} for one in told.looks],
        "files": [name_of(file, number) for number, file in enumerate(told.files, 1)],
    }


def name_of(file: Attachment, number: int) -> str:
    return f"{'foto' if file.kind == 'photo' else 'opname'}-{number}.{ENDINGS.get(file.media_type, 'bin')}"
