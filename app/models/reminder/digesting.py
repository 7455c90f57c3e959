"""One digest a person a day, once among all workers: a row for that day is written before anything is queued."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from app.clock import end_of, local, now, today
from app.models.mail.queueing import queue
from app.models.push import queueing as pushes
from app.models.reminder import wording
from app.models.reminder.choosing import ReminderChoices, as_choices, choices
from app.models.reminder.gathering import gather, mark, marked
from app.models.reminder.kinds import ONCE, Way
from app.models.reminder.table import Digest, ReminderMark, ReminderSetting
from app.models.user.actors import actor_for
from app.models.user.table import User

KEPT = timedelta(days=400)
SHORTEST = timedelta(minutes=30)


def here() -> datetime:
    """What the clock on the wall says."""
    return local(now())


def is_time(chosen: ReminderChoices, at: datetime) -> bool:
    """From the chosen hour on, for the rest of that day: who was away at the hour catches up. An hour that the clock
    skips comes with the next one; one that it strikes twice is the day's own row's to stop."""
    return chosen.hour <= at.hour and not chosen.is_quiet(at.hour) and chosen.is_for(at.date())


def due(db: Session) -> list[str]:
    """Whose digest of today was not made yet and may be made now."""
    at = here()
    had = exists().where(col(Digest.user_id) == col(User.id), col(Digest.day) == at.date())
    waiting = (
        select(User.id, ReminderSetting)
        .outerjoin(ReminderSetting, and_(col(ReminderSetting.user_id) == col(User.id)))
        .where(col(User.disabled_at).is_(None), ~had)
    )
    return [user_id for user_id, row in db.exec(waiting) if is_time(as_choices(row), at)]


def make(db: Session, user_id: str) -> bool:
    """False when somebody else made it, or it is not the time."""
    user, chosen, at = db.get(User, user_id), choices(db, user_id), here()
    if user is None or user.disabled_at or not is_time(chosen, at):
        return False
    digest = _claimed(db, user_id, at.date())
    if digest is None:
        return False
    found = gather(db, actor_for(db, user), at.date())
    told = marked(db, user_id, seen=False) | marked(db, user_id, seen=True)
    new = [one for one in found if one.kind not in ONCE or one.key not in told]
    patience = _patience(chosen, at)
    if mailed := [one for one in new if one.kind in chosen.on(Way.MAIL)]:
        text = wording.letter(user.name, wording.lines(mailed, user.language), user.language)
        subject = wording.subject(len(mailed), user.language)
        queue(db, to=user, subject=subject, text=text, kind="digest", patience=patience)
    if pushed := [one for one in new if one.kind in chosen.on(Way.PUSH)]:
        said = wording.lines(pushed, user.language)
        pushes.queue(
            db, user_id, title="Klantsafari", text="\n".join(said), to="/reminders", patience=patience
        )
    mark(db, user_id, {one.key for one in new if one.kind in ONCE}, told_at=now())
    digest.items = len(new)
    _forget(db, user_id)
    return True


def _claimed(db: Session, user_id: str, day: date) -> Digest | None:
    digest = Digest(user_id=user_id, day=day)
    try:
        with db.begin_nested():
            db.add(digest)
    except IntegrityError:
        return None
    return digest


def _patience(chosen: ReminderChoices, at: datetime) -> timedelta:
    """A digest of today is not sent in the quiet hours, and not tomorrow: that day has its own."""
    ends = end_of(at.date())
    if chosen.quiet_from > at.hour and chosen.quiet_from != chosen.quiet_to:
        ends = min(ends, at.replace(hour=chosen.quiet_from, minute=0, second=0, microsecond=0, fold=0))
    return max(ends - at.astimezone(ends.tzinfo), SHORTEST)


def _forget(db: Session, user_id: str) -> None:
    old = today() - KEPT
    db.exec(delete(Digest).where(col(Digest.user_id) == user_id, col(Digest.day) < old))
    gone = now() - KEPT
    db.exec(
        delete(ReminderMark).where(
            col(ReminderMark.user_id) == user_id,
            (col(ReminderMark.told_at).is_(None) | (col(ReminderMark.told_at) < gone)),
            (col(ReminderMark.seen_at).is_(None) | (col(ReminderMark.seen_at) < gone)),
        )
    )
