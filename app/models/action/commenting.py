from sqlmodel import Session

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
        if (known.author_id, known.action_id) != (by.id, action.id):
            raise Conflict("action.id_taken")
        return known
    said = Comment(id=draft.id, action_id=action.id, author_id=by.id, text=draft.text)
    db.add(said)
    db.flush()
    log(db, "action.commented", "action", action.id, by=by, at=action.location_id, comment=said.id)
    return said
