"""Helmet on: makes a safari, and begins one that was planned."""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.clock import now
from app.errors import Conflict, Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.audit.noting import note
from app.models.guide.local import with_local_questions
from app.models.guide.queries import newest_for, published_for
from app.models.location import queries as locations
from app.models.location.table import LocationKind
from app.models.safari.queries import leads
from app.models.safari.schemas import SafariDraft
from app.models.safari.table import Safari, SafariState


def open_safari(db: Session, draft: SafariDraft, *, by: Actor, began: datetime | None = None) -> Safari:
    """Begins at once, or waits when it has a moment to wait for. The same id again gives the same safari.

    `began`: it did so earlier, on a phone without a connection, with a guide that may have been renewed meanwhile.
    """
    known = db.get(Safari, draft.id)
    if known is not None:
        return _again(known, by)
    _check(db, draft, by, offline=began is not None)
    begins = draft.planned_for is None
    safari = Safari(
        **draft.model_dump(exclude={"guide_version_id"}),
        guide_version_id=with_local_questions(db, draft.guide_version_id, draft.location_id),
        leader_id=by.id,
        join_code=secrets.token_urlsafe(16),
        state=SafariState.RUNNING if begins else SafariState.PLANNED,
        started_at=(began or now()) if begins else None,
    )
    try:
        with db.begin_nested():
            db.add(safari)
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return _again(db.get_one(Safari, draft.id), by)
    verb = "safari.opened" if begins else "safari.planned"
    note(db, verb, "safari", safari.id, by=by, at=safari.location_id, target=safari.target)
    return safari


def _again(known: Safari, by: Actor) -> Safari:
    if known.leader_id != by.id:
        raise Conflict("safari.unreadable_id")
    return known


def _check(db: Session, draft: SafariDraft, by: Actor, *, offline: bool) -> None:
    place = locations.get(db, by, draft.location_id, Permission.READ_NOTE)
    if not by.may(Permission.LEAD_SAFARI, at=place.path):
        raise Forbidden
    wrong = {}
    if place.kind != LocationKind.LOCATION:
        wrong["location_id"] = "field.enum"
    known = published_for if offline else newest_for
    if draft.guide_version_id not in {version.id for _, version in known(db, by)}:
        wrong["guide_version_id"] = "safari.guide_renewed"
    if draft.planned_for and draft.planned_for < now():
        wrong["planned_for"] = "safari.in_the_past"
    if wrong:
        raise Invalid(wrong)


def begin(db: Session, safari: Safari, *, by: Actor) -> None:
    if not leads(db, by, safari):
        raise Forbidden
    if safari.state == SafariState.RUNNING:
        return
    if safari.state == SafariState.CLOSED:
        raise Conflict("safari.already_closed")
    safari.guide_version_id = with_local_questions(db, safari.guide_version_id, safari.location_id)
    safari.state, safari.started_at = SafariState.RUNNING, now()
    note(db, "safari.begun", "safari", safari.id, by=by, at=safari.location_id)
