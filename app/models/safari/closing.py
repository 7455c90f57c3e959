"""Helmet off. A closed safari still accepts what was recorded before: closing never costs anybody their notes."""

from datetime import datetime

from sqlmodel import Session

from app.clock import now
from app.errors import Conflict, Forbidden
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.safari.queries import leads
from app.models.safari.schemas import DebriefDraft
from app.models.safari.table import Safari, SafariState


def may_close(db: Session, safari: Safari, *, by: Actor) -> None:
    """Forbidden for who only goes along."""
    if not leads(db, by, safari):
        raise Forbidden


def close(
    db: Session, safari: Safari, draft: DebriefDraft, *, by: Actor, ended: datetime | None = None
) -> None:
    """Twice with the same words is once; with other words a Conflict, so that nobody's debrief is overwritten.

    `ended`: it did so earlier, on a phone without a connection.
    """
    may_close(db, safari, by=by)
    if safari.state == SafariState.CLOSED:
        if safari.debrief == draft.debrief:
            return
        raise Conflict("safari.already_closed")
    safari.state, safari.closed_at, safari.debrief = SafariState.CLOSED, ended or now(), draft.debrief
    note(db, "safari.closed", "safari", safari.id, by=by, at=safari.location_id)
