"""Where reminders come from: small questions to the other concepts, each by who asks. A new one is added to SOURCES.

A title is an action's or a place's; never a customer's words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col

from app.clock import begin_of, day_of, end_of, now
from app.models.access import Actor, Permission
from app.models.action import mentioning
from app.models.action.queries import OPEN, visible_to
from app.models.action.room_table import RoomUse
from app.models.action.table import ImprovementAction, Room
from app.models.audit.table import AuditEntry
from app.models.delivery import queries as deliveries
from app.models.location.queries import ids_within
from app.models.promise import listing as promises
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
    """Actions that wait for room of the actor, or of nobody by name where the actor can give it."""
    stuck = visible_to(actor).where(
        ImprovementAction.room == Room.WAITING,
        col(ImprovementAction.step).in_(OPEN),
        or_(
            col(ImprovementAction.room_from_id) == actor.id,
            and_(
                col(ImprovementAction.room_from_id).is_(None),
                col(ImprovementAction.location_id).in_(ids_within(actor, Permission.LEAD_SAFARI)),
            ),
        ),
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
    """Comments of the last month in which somebody named the actor, until they were read."""
    for named in mentioning.unseen(db, actor, now() - FRESH):
        comment_id, at = named.mention.comment_id, named.mention.created_at
        yield _about(Kind.MENTIONED, named.action, again=comment_id, on=day_of(at))


def answered(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """Room that the actor asked for and that somebody gave or did not, until the actor touches the action again."""
    touched = exists().where(
        col(AuditEntry.subject_id) == col(ImprovementAction.id),
        col(AuditEntry.actor_id) == actor.id,
        col(AuditEntry.at) > col(RoomUse.answered_at),
    )
    heard = visible_to(actor).join(RoomUse, col(RoomUse.action_id) == col(ImprovementAction.id))
    heard = heard.where(
        col(RoomUse.by_id) == actor.id,
        col(RoomUse.answered_by_id) != actor.id,
        col(RoomUse.answered_at) >= now() - FRESH,
        col(ImprovementAction.step).in_(OPEN),
        ~touched,
    )
    newest = heard.add_columns(col(RoomUse.id), col(RoomUse.answered_at))
    for action, use_id, at in db.execute(newest.order_by(col(RoomUse.answered_at).desc()).limit(MOST)):
        yield _about(Kind.ANSWERED, action, again=use_id, on=day_of(at))


def call_backs(db: Session, actor: Actor, day: date) -> Iterable[Reminder]:
    """What the actor promised a customer; for a manager also what nobody has, or a colleague kept too long."""
    waiting = promises.waiting(db, actor, day)
    for due in [*waiting.mine, *waiting.unowned, *waiting.late][:MOST]:
        on = due.promise.due_on
        yield Reminder(Kind.CALL_BACK, due.promise.id, "/call-backs", due.place.name, on, on.isoformat())


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


SOURCES: list[Source] = [due, call_backs, room, answered, safaris, mentioned, assigned, missing, rhythm]
