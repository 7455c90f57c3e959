"""A person's own calendar for their phone: planned safaris, and when their actions are due."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from icalendar import Calendar, Event
from sqlmodel import Session, col, delete, select

from app.clock import now
from app.errors import NotFound
from app.i18n import translator
from app.models.access import Actor
from app.models.action.queries import OPEN, visible_to
from app.models.action.table import ImprovementAction
from app.models.audit.noting import note as log
from app.models.rhythm.table import CalendarLink
from app.models.safari.listing import SafariFilter, planned
from app.models.user.actors import actor_for, digest
from app.models.user.table import User

LASTS = timedelta(hours=2)
MOST = 500


def make_link(db: Session, *, by: Actor) -> str:
    """The token of a new link, given this once; the old link stops at once."""
    db.exec(delete(CalendarLink).where(col(CalendarLink.user_id) == by.id))
    token = secrets.token_urlsafe(32)
    db.add(CalendarLink(user_id=by.id, token_hash=digest(token)))
    db.flush()
    log(db, "calendar.linked", "user", by.id, by=by)
    return token


def take_back(db: Session, *, by: Actor) -> None:
    db.exec(delete(CalendarLink).where(col(CalendarLink.user_id) == by.id))
    log(db, "calendar.taken_back", "user", by.id, by=by)


def has_link(db: Session, actor: Actor) -> bool:
    return db.exec(select(CalendarLink.id).where(CalendarLink.user_id == actor.id)).first() is not None


def owner(db: Session, token: str) -> Actor:
    """Whoever holds the link may read it, so this asks for no actor; a link that was taken back is not there."""
    held = (
        select(User)
        .join(CalendarLink, col(CalendarLink.user_id) == col(User.id))
        .where(CalendarLink.token_hash == digest(token), col(User.disabled_at).is_(None))
    )
    user = db.exec(held).first()
    if user is None:
        raise NotFound
    return actor_for(db, user)


def feed(db: Session, actor: Actor, *, base: str) -> bytes:
    """As iCalendar (RFC 5545). Titles of actions and names of places; nothing a customer said."""
    _ = translator(actor.language)
    calendar = Calendar()
    for name, value in {
        "prodid": "-//Klantsafari//NL",
        "version": "2.0",
        "method": "PUBLISH",
        "x-wr-calname": "Klantsafari",
        "x-published-ttl": "PT4H",
    }.items():
        calendar.add(name, value)
    for event in (*_safaris(db, actor, base, _("Safari")), *_actions(db, actor, base)):
        calendar.add_component(event)
    return calendar.to_ical()


def _safaris(db: Session, actor: Actor, base: str, word: str) -> Iterator[Event]:
    for outing in planned(db, actor, SafariFilter(mine=True)):
        if outing.safari.planned_for:
            event = _event(
                outing.safari.id, f"{word}: {outing.place.name}", f"{base}/safaris/{outing.safari.id}"
            )
            event.add("dtstart", outing.safari.planned_for)
            event.add("duration", LASTS)
            yield event


def _actions(db: Session, actor: Actor, base: str) -> Iterator[Event]:
    own = visible_to(actor).where(
        ImprovementAction.owner_id == actor.id,
        col(ImprovementAction.step).in_(OPEN),
        col(ImprovementAction.due_on).is_not(None),
    )
    for action in db.exec(own.order_by(col(ImprovementAction.due_on)).limit(MOST)):
        event = _event(action.id, action.title, f"{base}/actions/{action.id}")
        event.add("dtstart", action.due_on)
        event.add("transp", "TRANSPARENT")
        yield event


def _event(own: str, title: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"{own}@klantsafari")
    event.add("dtstamp", now())
    event.add("summary", title)
    event.add("url", url)
    return event
