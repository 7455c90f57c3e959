"""What customers read about an action, and whether everybody may read it on the page of the place."""

from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Conflict, Invalid
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.table import Evidence, ImprovementAction
from app.models.audit.noting import note as log
from app.models.field_note.table import FieldNote
from app.models.promise.publishing import AGREED, SHOWN, open_page, require_manager
from app.models.promise.schemas import ReplyDraft
from app.models.promise.table import Reply
from app.models.record import put_new


def quotable(db: Session, action_id: str) -> list[Evidence]:
    """Words, exactly as said, of customers who agreed to be quoted."""
    rows = db.exec(
        select(Evidence, FieldNote)
        .join(FieldNote, col(FieldNote.id) == col(Evidence.note_id))
        .where(Evidence.action_id == action_id, Evidence.quote != "", *AGREED)
        .order_by(col(Evidence.id))
    )
    return [e for e, note in rows if note.answers.get(e.field, {}).get("literal") is True]


def reply(db: Session, action: ImprovementAction, draft: ReplyDraft, *, by: Actor) -> Reply:
    """Anybody on the board writes it, a manager publishes it, or takes it off. The same twice is once."""
    place = queries.place_of(db, action)
    checking.require(by, place)
    put_new(db, Reply, [{"action_id": action.id, "text": "", "version": 0}])
    kept = db.get_one(Reply, action.id)
    db.refresh(kept, with_for_update=True)
    wanted = _wanted(draft)
    if wanted == (kept.text, kept.evidence_id, kept.published_at is not None):
        return kept
    if kept.version != draft.version:
        raise Conflict("action.somebody_was_first")
    if kept.published_at or draft.publish:
        # What stands on the page of the place is a manager's word, also when it changes.
        require_manager(by, place)
    _check(db, action, draft)
    kept.text, kept.evidence_id, _ = wanted
    kept.published_at = (kept.published_at or now()) if draft.publish else None
    kept.changed_by_id, kept.version = by.id, kept.version + 1
    if draft.publish:
        open_page(db, place, by=by)
    verb = "reply.published" if draft.publish else "reply.written"
    log(db, verb, "action", action.id, by=by, at=action.location_id)
    db.flush()
    return kept


def _wanted(draft: ReplyDraft) -> tuple[str, str | None, bool]:
    return draft.text, draft.evidence_id if draft.publish else None, draft.publish


def _check(db: Session, action: ImprovementAction, draft: ReplyDraft) -> None:
    if not draft.publish:
        return
    if not draft.text:
        raise Invalid({"text": "reply.text_missing"})
    if action.step not in SHOWN:
        raise Invalid({"publish": "reply.not_done"})
    if draft.evidence_id and draft.evidence_id not in {one.id for one in quotable(db, action.id)}:
        raise Invalid({"evidence_id": "reply.not_quotable"})


def of(db: Session, action_id: str) -> Reply | None:
    return db.get(Reply, action_id)
