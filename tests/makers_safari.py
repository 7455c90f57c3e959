"""Safaris and what they bring in, as rows: for tests that need them there, not for tests of how they come about."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from app.clock import new_id, now
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.field_note.table import FieldNote, NoteKind, Tagging
from app.models.guide.table import GuideVersion
from app.models.safari.table import Safari, SafariParticipant, SafariState
from app.models.tag.table import Tag
from tests.cast import Cast


def newest_guide(db: Session) -> str:
    return db.exec(select(GuideVersion.id)).one()


def safari(db: Session, **changes: Any) -> Safari:
    """Bas's safari at the town hall, running for half an hour."""
    values: dict[str, Any] = {
        "location_id": Cast.town_hall,
        "guide_version_id": newest_guide(db),
        "leader_id": Cast.bas,
        "state": SafariState.RUNNING,
        "join_code": new_id(),
        "started_at": now() - timedelta(minutes=30),
    }
    values |= changes
    if values["state"] == SafariState.PLANNED:
        values["started_at"] = None
    if values["state"] == SafariState.CLOSED:
        values.setdefault("closed_at", now())
    made = Safari(**values)
    db.add(made)
    db.flush()
    return made


def go(db: Session, outing: Safari, user_id: str) -> None:
    db.add(SafariParticipant(safari_id=outing.id, user_id=user_id))
    db.flush()


def note(db: Session, outing: Safari, **changes: Any) -> FieldNote:
    values: dict[str, Any] = {
        "safari_id": outing.id,
        "location_id": outing.location_id,
        "author_id": outing.leader_id,
        "kind": NoteKind.INTERVIEW,
        "held_at": now(),
        "headline": "Ik moest drie keer hetzelfde vertellen.",
    }
    made = FieldNote(**values | changes)
    db.add(made)
    db.flush()
    return made


def photo(db: Session, of: FieldNote) -> None:
    seen = new_id().replace("-", "")
    db.add(
        Attachment(
            note_id=of.id,
            kind=AttachmentKind.PHOTO,
            sha256=seen,
            media_type="image/jpeg",
            size=1000,
            blob=seen,
        )
    )
    db.flush()


def suggestion(db: Session, of: FieldNote, **changes: Any) -> Tagging:
    tag = db.exec(select(Tag.id).limit(1)).one()
    made = Tagging(**{"note_id": of.id, "tag_id": tag, "origin": "lexicon"} | changes)
    db.add(made)
    db.flush()
    return made
