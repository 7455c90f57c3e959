"""Where reminders come from: small questions to the other concepts, each by who asks. A new one is added to SOURCES.

A title is an action's or a place's; never a customer's words.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists
from sqlmodel import Session, col, select

from app.clock import begin_of, day_of, end_of, now
from app.models.access import Actor, Permission
from app.models.action.queries import OPEN, visible_to
from app.models.action.table import Comment, ImprovementAction, Room
from app.models.audit.table import AuditEntry
from app.models.board import today as board_today
from app.models.delivery import queries as deliveries
from app.models.location.queries import ids_within
from app.models.reminder.kinds import Kind
from app.models.rhythm import queries as rhythms
from app.models.safari import listing
from app.models.safari.listing import SafariFilter

MOST = 50
FRESH = timedelta(days=30)
UNDER_WAY = timedelta(days=1)
"""A note may need so long to arrive before anybody is bothered."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`subject` is the id of what it is about; `on` is a day that says more, such as when it was due."""

    kind: Kind
    subject: str
    href: str
    title: str = ""
    on: date | None = None
    again: str = ""

    @property
    def key(self) -> str:
        """Another due date is another reminder."""
        return f"{self.kind}:{self.subject}:{self.again}"


Source = Callable[[Session, Actor, date], Iterable[Reminder]]


def _about(kind: Kind, action: ImprovementAction, *, again: str = "", on: date | None = None) -> Reminder:
    return Reminder(kind, action.id, f"/actions/{action.id}", action.title, on, again)


def due(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Own actions that are late, or due today or tomorrow."""
    own = visible_to(actor).where(
        ImprovementAction.owner_id == actor.id,
        col(ImprovementAction.step).in_(OPEN),
        col(ImprovementAction.due_on) <= day + timedelta(days=1),
    )
    soonest = (col(ImprovementAction.due_on), col(ImprovementAction.id))
    for action in db.exec(own.order_by(*soonest).limit(MOST)):
        if on := action.due_on:
            kind = Kind.LATE if on < day else Kind.DUE
            yield _about(kind, action, again=on.isoformat(), on=on)


def room(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Actions that wait for room where the actor can give it."""
    stuck = visible_to(actor).where(
        ImprovementAction.room == Room.WAITING,
        col(ImprovementAction.step).in_(OPEN),
        col(ImprovementAction.location_id).in_(ids_within(actor, Permission.LEAD_SAFARI)),
    )
    since = (col(ImprovementAction.room_since), col(ImprovementAction.id))
    for action in db.exec(stuck.order_by(*since).limit(MOST)):
        yield _about(Kind.ROOM, action, on=day_of(action.room_since) if action.room_since else None)


def assigned(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Own actions that the actor never touched: somebody else put their name on it."""
    touched = exists().where(
        col(AuditEntry.subject_id) == col(ImprovementAction.id), col(AuditEntry.actor_id) == actor.id
    )
    given = visible_to(actor).where(
        ImprovementAction.owner_id == actor.id,
        col(ImprovementAction.created_by_id).is_distinct_from(actor.id),
        col(ImprovementAction.step).in_(OPEN),
        ~touched,
    )
    for action in db.exec(given.order_by(col(ImprovementAction.id).desc()).limit(MOST)):
        yield _about(Kind.ASSIGNED, action)


def mentioned(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Comments of the last month with "@Bas" or "@Bas de Wit"."""
    first = actor.name.split(maxsplit=1)[0] if actor.name.split() else ""
    if not first:
        return
    named = re.compile(rf"@(?:{re.escape(actor.name)}|{re.escape(first)}(?!\s+[A-Z]))(?!\w)")
    said = (
        select(Comment, ImprovementAction)
        .join(ImprovementAction, col(ImprovementAction.id) == col(Comment.action_id))
        .where(
            col(ImprovementAction.id).in_(visible_to(actor).with_only_columns(col(ImprovementAction.id))),
            col(Comment.author_id) != actor.id,
            col(Comment.created_at) >= now() - FRESH,
            col(Comment.text).contains(f"@{first}", autoescape=True),
        )
    )
    for comment, action in db.exec(said.order_by(col(Comment.id).desc()).limit(MOST)):
        if named.search(comment.text):
            yield _about(Kind.MENTIONED, action, again=comment.id, on=day_of(comment.created_at))


def call_backs(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    for found in board_today.call_backs(db, actor, limit=MOST):
        to = f"/field-notes/{found.note.id}"
        yield Reminder(Kind.CALL_BACK, found.note.id, to, found.place.name, day_of(found.note.held_at))


def safaris(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Own safaris of today and tomorrow."""
    first, last = begin_of(day), end_of(day + timedelta(days=1))
    for outing in listing.planned(db, actor, SafariFilter(mine=True)):
        when = outing.safari.planned_for
        if when and first <= when < last:
            to, again = f"/safaris/{outing.safari.id}", when.isoformat()
            yield Reminder(Kind.SAFARI, outing.safari.id, to, outing.place.name, day_of(when), again)


def missing(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Notes that a phone spoke of and did not bring within a day."""
    for note in deliveries.waiting(db, actor, limit=MOST):
        if note.announced_at <= now() - UNDER_WAY:
            on = day_of(note.held_at) if note.held_at else None
            yield Reminder(Kind.MISSING, note.note_id, "/deliveries", note.place, on)


def rhythm(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Own places where it is time for a safari and none was planned."""
    for turn in rhythms.mine(db, actor):
        if turn.is_time:
            again = turn.week.isoformat()
            yield Reminder(Kind.RHYTHM, turn.rhythm.id, "/rhythm", turn.place.name, turn.week, again)


SOURCES: list[Source] = [due, call_backs, room, safaris, mentioned, assigned, missing, rhythm]
