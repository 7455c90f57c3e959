from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.clock import now
from app.errors import Conflict
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.schemas import CommentDraft
from app.models.action.table import Comment, ImprovementAction
from app.models.audit.noting import note as log


def comment(db: Session, action: ImprovementAction, draft: CommentDraft, *, by: Actor) -> Comment:
    """The same draft twice places it once."""
    checking.require(by, queries.place_of(db, action))
    known = db.get(Comment, draft.id)
    if known:
        return _again(known, action, by)
    said = Comment(id=draft.id, action_id=action.id, author_id=by.id, text=draft.text)
    try:
        with db.begin_nested():
            db.add(said)
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return _again(db.get_one(Comment, draft.id), action, by)
    action.stirred_at = now()
    log(db, "action.commented", "action", action.id, by=by, at=action.location_id, comment=said.id)
    return said


def _again(known: Comment, action: ImprovementAction, by: Actor) -> Comment:
    if (known.author_id, known.action_id) != (by.id, action.id):
        raise Conflict("action.id_taken")
    return known
