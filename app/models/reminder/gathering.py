"""What there is for one person now, and what of it they saw."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select, update

from app.clock import now, today
from app.models.access import Actor
from app.models.record import put_new
from app.models.reminder.choosing import choices
from app.models.reminder.kinds import Kind, Way
from app.models.reminder.sources import SOURCES, Reminder
from app.models.reminder.table import ReminderMark


@dataclass(frozen=True, slots=True)
class ForYou:
    fresh: Sequence[Reminder]
    seen: Sequence[Reminder]


def gather(db: Session, actor: Actor, day: date) -> list[Reminder]:
    """Of every kind, the weightiest first; one thing is told once."""
    found = [reminder for source in SOURCES for reminder in source(db, actor, day)]
    order = list(Kind)
    found.sort(key=lambda one: order.index(one.kind))
    once: dict[str, Reminder] = {}
    for one in found:
        once.setdefault(one.subject, one)
    return list(once.values())


def for_you(db: Session, actor: Actor) -> ForYou:
    """For in the app: only the kinds that the person wants there."""
    wanted = choices(db, actor.id).on(Way.APP)
    found = [one for one in gather(db, actor, today()) if one.kind in wanted]
    seen = marked(db, actor.id, seen=True)
    return ForYou([one for one in found if one.key not in seen], [one for one in found if one.key in seen])


def marked(db: Session, user_id: str, *, seen: bool) -> set[str]:
    """The keys of what a person saw, or else was told of."""
    when = col(ReminderMark.seen_at if seen else ReminderMark.told_at)
    return set(db.exec(select(ReminderMark.key).where(ReminderMark.user_id == user_id, when.is_not(None))))


def see(db: Session, keys: Collection[str], *, by: Actor) -> None:
    """Only what there really is for them is marked, whatever was sent."""
    present = {one.key for one in gather(db, by, today())}
    mark(db, by.id, present & set(keys), seen_at=now())


def mark(db: Session, user_id: str, keys: Collection[str], **when: object) -> None:
    put_new(db, ReminderMark, [{"user_id": user_id, "key": key} for key in sorted(keys)])
    mine = update(ReminderMark).where(
        col(ReminderMark.user_id) == user_id, col(ReminderMark.key).in_(list(keys))
    )
    db.exec(mine.values(**when))
