from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from app.models.action.table import Evidence
from app.models.promise import linking, replying
from app.models.promise.schemas import LinkDraft, ReplyDraft
from app.models.promise.table import Promise
from app.seeds.stage import Stage


def tell_promises(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    """Straight into the table: a day that has passed is one that nobody could fill in now."""
    for plan in told:
        note, by = stage.notes[plan["note"]], stage.actors[plan["by"]]
        action = stage.actions[plan["action"]] if "action" in plan else None
        made = Promise(
            created_at=note.held_at,
            note_id=note.id,
            location_id=note.location_id,
            action_id=action.id if action else None,
            text=plan["text"],
            owner_id=stage.actors[plan["owner"]].id,
            due_on=stage.today() + timedelta(days=plan["due_in"]),
            changed_by_id=by.id,
            created_by_id=by.id,
            version=1,
        )
        db.add(made)
    db.flush()


def tell_replies(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    for plan in told:
        action = stage.actions[plan["action"]]
        said = select(Evidence.id).where(Evidence.action_id == action.id, Evidence.quote == plan["quote"])
        draft = ReplyDraft(text=plan["text"], evidence_id=db.exec(said).one(), publish=True)
        replying.reply(db, action, draft, by=stage.actors[plan["by"]])


def tell_links(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    """Nobody keeps these: on the page of the note one makes another."""
    for plan in told:
        linking.make(db, stage.notes[plan["note"]], LinkDraft(agreed=True), by=stage.actors[plan["by"]])
