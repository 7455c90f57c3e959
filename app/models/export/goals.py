"""Goals as a table: one row a goal, with how its actions stand and what customers said this quarter."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor, Permission
from app.models.action.goals_as_json import GoalOut, shown
from app.models.action.table import Step
from app.models.export.cells import Form, Kind
from app.models.export.table import Batch, Lines, as_file, stored
from app.models.goal.table import Goal
from app.models.location.queries import ids_within
from app.models.location.table import Location

QUARTER = ("talks", "negative", "positive")
COLUMNS = [
    *map(stored, ("id", "parent_id", "level", "location_id")),
    *(stored(name, Kind.TEXT) for name in ("location", "title", "why")),
    *(stored(name, Kind.MIXED) for name in ("starts_on", "until")),
    stored("owner_id"),
    stored("closed_at", Kind.MOMENT),
    stored("outcome", Kind.TEXT),
    *(stored(f"actions_{step.value}") for step in Step),
    *(stored(f"quarter_{name}") for name in QUARTER),
]


def write(db: Session, goals: SelectOfScalar[Goal], form: Form, today: date, *, by: Actor) -> Lines:
    """A table of those goals that are at a place whose data this person may take along, oldest first."""
    there = goals.where(col(Goal.location_id).in_(ids_within(by, Permission.EXPORT)))
    return as_file(COLUMNS, _batches(db, there, today, by), form)


def _batches(db: Session, goals: SelectOfScalar[Goal], today: date, by: Actor) -> Iterator[Batch]:
    names = dict(db.exec(select(Location.id, Location.name)).all())
    if rows := [_row(goal, names) for goal in shown(db, by, goals, today)]:
        yield {column.key: [row[column.key] for row in rows] for column in COLUMNS}


def _row(goal: GoalOut, names: dict[str, str]) -> dict[str, Any]:
    row = goal.model_dump() | {"level": goal.level.value, "location": names[goal.location_id]}
    now = goal.quarters[0] if goal.quarters else None
    row |= {f"actions_{step.value}": goal.actions[step] for step in Step}
    return row | {f"quarter_{name}": getattr(now, name) if now else None for name in QUARTER}
