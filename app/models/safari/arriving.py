"""Safaris that began or ended on a phone without a connection: its times are data, our own say when we heard."""

from sqlmodel import Session

from app.clock import now
from app.errors import Conflict, NotFound
from app.models.access import Actor
from app.models.safari import closing, opening
from app.models.safari.schemas import BegunDraft, EndedDraft, SafariDraft
from app.models.safari.table import Safari, SafariState


def begin(db: Session, safari_id: str, draft: BegunDraft, *, by: Actor) -> tuple[Safari, bool]:
    """The safari, and whether it is new. NotFound when the id is somebody else's, Conflict when it says otherwise."""
    known = db.get(Safari, safari_id)
    if known is None:
        chosen = draft.model_dump(exclude={"schema_", "started_at"})
        began = min(draft.started_at, now())
        safari = opening.open_safari(db, SafariDraft(id=safari_id, **chosen), by=by, began=began)
    else:
        safari = known
    if safari.leader_id != by.id:
        raise NotFound
    if not _same(safari, draft):
        raise Conflict("safari.differs")
    return safari, known is None


def _same(safari: Safari, draft: BegunDraft) -> bool:
    """When it began is no part of it: the form may have come in first, with only its answer lost on the way."""
    chosen = draft.model_dump(exclude={"schema_", "started_at"})
    return all(getattr(safari, name) == value for name, value in chosen.items())


def end(db: Session, safari: Safari, draft: EndedDraft, *, by: Actor) -> bool:
    """Says whether this closed it. It ended no earlier than it began, whatever the phone's clock did."""
    was_open = safari.state != SafariState.CLOSED
    moments = [min(draft.closed_at, now()), *([safari.started_at] if safari.started_at else [])]
    closing.close(db, safari, draft, by=by, ended=max(moments))
    return was_open
