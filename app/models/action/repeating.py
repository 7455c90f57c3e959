"""An action that comes again: how often, and the next one that the daily job makes of it."""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.clock import day_of, new_id
from app.errors import Invalid
from app.models.access import Actor
from app.models.action import checking, queries, stepping
from app.models.action.extra_table import Counted, Repetition, SubStep, Unit, Watcher
from app.models.action.heights import top_of
from app.models.action.schemas import RepetitionDraft
from app.models.action.table import ActionTeam, ImprovementAction, Room, RuleAction, Step
from app.models.audit.noting import note as log
from app.models.user.table import User

CLOSED = (Step.DONE, Step.TOLD)


def repetition_of(db: Session, action_id: str) -> Repetition | None:
    return db.get(Repetition, action_id)


def repeat(db: Session, action: ImprovementAction, draft: RepetitionDraft, *, by: Actor) -> None:
    """Invalid when it counts from a date that the action does not have. Twice is once."""
    checking.hold(db, action, by=by)
    if draft.counted == Counted.DATE and action.due_on is None:
        raise Invalid({"counted": "repetition.no_date"})
    known = db.get(Repetition, action.id)
    wanted = (draft.every, draft.unit, draft.counted)
    if known and (known.every, known.unit, known.counted) == wanted:
        return
    if known is None:
        known = Repetition(action_id=action.id, every=1, unit=Unit.WEEK, counted=Counted.CLOSING)
        db.add(known)
    known.every, known.unit, known.counted = wanted
    known.month_day = action.due_on.day if action.due_on else None
    detail = {"every": draft.every, "unit": draft.unit.value, "counted": draft.counted.value}
    log(db, "action.repetition_set", "action", action.id, by=by, at=action.location_id, **detail)
    db.flush()


def stop(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    checking.hold(db, action, by=by)
    if known := db.get(Repetition, action.id):
        db.delete(known)
        log(db, "action.repetition_ended", "action", action.id, by=by, at=action.location_id)
        db.flush()


def following(day: date, every: int, unit: Unit, month_day: int | None = None) -> date:
    """The day that many weeks or months on; a day that a month does not have is its last. Days, never hours: a clock
    that is put forward or back changes nothing."""
    if unit == Unit.WEEK:
        return day + relativedelta(weeks=every)
    return day + relativedelta(months=every, day=month_day or day.day)


def make_recurring(db: Session, at: datetime, *, limit: int = 100) -> int:
    """Makes the next of each action whose turn it is: after its closing, or on its date. How many were made; twice on
    one day, or two workers at once, make them once."""
    today = day_of(at)
    due = or_(
        (col(Repetition.counted) == Counted.CLOSING) & col(ImprovementAction.step).in_(CLOSED),
        (col(Repetition.counted) == Counted.DATE) & (col(ImprovementAction.due_on) <= today),
    )
    turn = (
        select(Repetition, ImprovementAction)
        .join(ImprovementAction, col(ImprovementAction.id) == col(Repetition.action_id))
        .where(col(Repetition.next_id).is_(None), col(ImprovementAction.merged_into_id).is_(None), due)
        .order_by(col(Repetition.action_id))
        .limit(limit)
        .with_for_update(of=Repetition, skip_locked=True)
    )
    rows = db.exec(turn).all()
    for repetition, action in rows:
        _make(db, repetition, action, today, at)
    return len(rows)


def _next_date(repetition: Repetition, action: ImprovementAction, today: date) -> date:
    every, unit, month_day = repetition.every, repetition.unit, repetition.month_day
    if repetition.counted == Counted.CLOSING or action.due_on is None:
        return following(day_of(action.moved_at), every, unit)
    day = following(action.due_on, every, unit, month_day)
    while day <= today:
        day = following(day, every, unit, month_day)
    return day


def _make(
    db: Session, repetition: Repetition, action: ImprovementAction, today: date, at: datetime
) -> ImprovementAction:
    owner = db.get(User, action.owner_id) if action.owner_id else None
    fields = ("location_id", "title", "description", "kind", "amount_cents", "created_by_id")
    made = ImprovementAction(
        id=new_id(),
        **{name: getattr(action, name) for name in fields},
        owner_id=owner.id if owner and owner.disabled_at is None else None,
        due_on=max(_next_date(repetition, action, today), today),
        room=Room.OWN if action.room == Room.OWN else None,
        position=top_of(db, Step.NEW),
        moved_at=at,
    )
    db.add(made)
    db.flush()
    db.add_all(ActionTeam(action_id=made.id, team_id=team.id) for team in queries.teams_of(db, action.id))
    for step in stepping.steps_of(db, action.id):
        db.add(SubStep(action_id=made.id, text=step.text, position=step.position))
    for watcher in db.exec(select(Watcher).where(Watcher.action_id == action.id)):
        db.add(Watcher(action_id=made.id, user_id=watcher.user_id))
    for link in db.exec(select(RuleAction).where(RuleAction.action_id == action.id)):
        db.add(RuleAction(rule_id=link.rule_id, action_id=made.id))
    same = repetition.model_dump(include={"every", "unit", "counted", "month_day"})
    db.add(Repetition(action_id=made.id, **same))
    repetition.next_id = made.id
    log(db, "action.repeated", "action", made.id, by=None, at=made.location_id, action=action.id)
    db.flush()
    return made
