"""Goals are set, changed and closed by who leads the place; twice is once."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete

from app.clock import now
from app.errors import Conflict, Fault, Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.audit.noting import note as log
from app.models.goal import queries
from app.models.goal.schemas import GoalChanges, GoalClosure, GoalDraft, GoalFields, StrategyDraft
from app.models.goal.table import Goal, GoalTheme, Level, ValueStrategy
from app.models.location import queries as locations
from app.models.location.table import Location
from app.models.record import put_new
from app.models.tag import queries as tags
from app.models.user.working import people_at

COLUMNS = ("title", "why", "parent_id", "starts_on", "until", "owner_id")


def require(actor: Actor, place: Location) -> None:
    """Forbidden for who may see the goals there and does not lead the place."""
    if not actor.may(Permission.LEAD_SAFARI, at=place.path):
        raise Forbidden


def set_goal(db: Session, draft: GoalDraft, *, by: Actor) -> Goal:
    if known := db.get(Goal, draft.id):
        return _again(known, by)
    place = locations.get(db, by, draft.location_id, Permission.READ_BOARD)
    require(by, place)
    _check(db, draft, draft.level, place, by)
    goal = Goal(
        **draft.model_dump(include={*COLUMNS, "id", "level"}), location_id=place.id, created_by_id=by.id
    )
    try:
        with db.begin_nested():
            db.add(goal)
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return _again(db.get_one(Goal, draft.id), by)
    _set_themes(db, goal, draft)
    log(db, "goal.set", "goal", goal.id, by=by, at=place.id)
    return goal


def _again(known: Goal, by: Actor) -> Goal:
    if known.created_by_id != by.id:
        raise Conflict("action.id_taken")
    return known


def change(db: Session, goal: Goal, changes: GoalChanges, *, by: Actor) -> None:
    """All fields at once, the goal above it too. Conflict when somebody changed it meanwhile to something else."""
    place = _locked(db, goal, by)
    wanted: dict[str, Any] = {name: getattr(changes, name) for name in COLUMNS}
    changed = [name for name in COLUMNS if getattr(goal, name) != wanted[name]]
    if changed and goal.version != changes.version:
        raise Conflict("action.somebody_was_first")
    _check(db, changes, goal.level, place, by, was=goal)
    for name in changed:
        setattr(goal, name, wanted[name])
    _set_themes(db, goal, changes)
    if changed:
        goal.version += 1
        log(db, "goal.changed", "goal", goal.id, by=by, at=place.id, fields=changed)
    db.flush()


def close(db: Session, goal: Goal, closure: GoalClosure, *, by: Actor) -> None:
    """It stays in the tree, with what came of it; what hangs under it goes on."""
    place = _locked(db, goal, by)
    if goal.closed_at and goal.outcome == closure.outcome:
        return
    goal.closed_at, goal.outcome = goal.closed_at or now(), closure.outcome
    goal.version += 1
    log(db, "goal.closed", "goal", goal.id, by=by, at=place.id)
    db.flush()


def reopen(db: Session, goal: Goal, *, by: Actor) -> None:
    place = _locked(db, goal, by)
    if goal.closed_at:
        goal.closed_at, goal.version = None, goal.version + 1
        log(db, "goal.reopened", "goal", goal.id, by=by, at=place.id)
        db.flush()


def state(db: Session, draft: StrategyDraft, *, by: Actor) -> None:
    """In what this place and all below it want to be better than others."""
    place = locations.get(db, by, draft.location_id, Permission.READ_BOARD)
    require(by, place)
    put_new(db, ValueStrategy, [{"location_id": place.id, "kind": draft.kind, "text": ""}])
    known = db.get_one(ValueStrategy, place.id, with_for_update=True)
    known.kind, known.text = draft.kind, draft.text
    log(db, "goal.strategy_stated", "location", place.id, by=by, at=place.id, strategy=draft.kind)
    db.flush()


def _locked(db: Session, goal: Goal, by: Actor) -> Location:
    place = queries.place_of(db, goal)
    require(by, place)
    db.refresh(goal, with_for_update=True)
    return place


def _check(
    db: Session, fields: GoalFields, level: Level, place: Location, by: Actor, *, was: Goal | None = None
) -> None:
    """What was there already may stay, also when its owner left or the goal above it was closed."""
    faults: dict[str, Fault] = {}
    above, owner = fields.parent_id, fields.owner_id
    kept = (was.parent_id, was.owner_id) if was else (None, None)
    if above and above != kept[0] and above not in {one.id for one in queries.parents_for(db, by, level)}:
        faults["parent_id"] = ("field.unknown_choice", {})
    if owner and owner != kept[1] and owner not in {person.id for person in people_at(db, place)}:
        faults["owner_id"] = ("field.unknown_choice", {})
    if set(fields.tag_ids) - {tag.id for tag in tags.every(db)}:
        faults["tag_ids"] = ("field.unknown_choice", {})
    if faults:
        raise Invalid(dict(faults))


def _set_themes(db: Session, goal: Goal, fields: GoalFields) -> None:
    db.exec(delete(GoalTheme).where(col(GoalTheme.goal_id) == goal.id))
    db.flush()
    put_new(db, GoalTheme, [{"goal_id": goal.id, "tag_id": tag_id} for tag_id in fields.tag_ids])
