"""Drafts as a phone sends them, and notes that are already there."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, select

from app.clock import new_id, now
from app.models.access import Actor
from app.models.field_note import recording
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import FieldNote
from app.models.guide.table import GuideVersion
from app.models.safari.table import Safari, SafariState

HELD_AT = datetime(2026, 11, 24, 10, 41, tzinfo=UTC)
STORY = "Ik moest een half uur wachten. Toen zei ze: dat mag ik niet. Maar ze was wel heel vriendelijk."


def running_safari(db: Session, location_id: str, leader_id: str, **fields: Any) -> Safari:
    version = db.exec(select(GuideVersion)).one()
    safari = Safari(
        location_id=location_id,
        leader_id=leader_id,
        guide_version_id=version.id,
        state=SafariState.RUNNING,
        started_at=now(),
        join_code=new_id(),
        **fields,
    )
    db.add(safari)
    db.flush()
    return safari


def interview(safari_id: str, **fields: Any) -> dict[str, Any]:
    """The JSON of an interview; `answers` are merged over a story."""
    answers = {"story": {"value": STORY, "literal": True}} | fields.pop("answers", {})
    return {
        "schema": 1,
        "safari_id": safari_id,
        "kind": "interview",
        "held_at": HELD_AT.isoformat(),
        "consent": "aan-de-balie-1",
        "answers": answers,
    } | fields


def observation(
    safari_id: str, text: str = "Rij tot aan de deur, één balie open", **fields: Any
) -> dict[str, Any]:
    draft = {"schema": 1, "safari_id": safari_id, "kind": "observation", "held_at": HELD_AT.isoformat()}
    return draft | {"answers": {"text": {"value": text}}} | fields


def recorded(db: Session, by: Actor, draft: dict[str, Any]) -> FieldNote:
    """The note as the server keeps it after that draft came in."""
    sent = json.dumps(draft).encode()
    receipt, _ = recording.record(db, new_id(), NoteDraft.model_validate(draft), sent=sent, by=by)
    note = db.get(FieldNote, receipt.id)
    assert note is not None
    return note
