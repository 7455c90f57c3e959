"""Promises as a table: what customers were told, by whom, when, and whether it was kept. Never a name or a number."""

from typing import Any

from sqlalchemy import String, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor, Permission
from app.models.export.cells import Form, Kind
from app.models.export.table import Lines, as_file, batches, stored
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.promise.table import Promise
from app.models.user.table import User

COLUMNS = [
    *map(stored, ("id", "note_id", "action_id", "location_id")),
    stored("location", Kind.TEXT),
    stored("text", Kind.TEXT),
    stored("due_on", Kind.MIXED),
    stored("state"),
    stored("reason", Kind.TEXT),
    stored("tries"),
    stored("owner_id"),
    stored("owner", Kind.TEXT),
    stored("settled_at", Kind.MOMENT),
    stored("created_by_id"),
    stored("created_by", Kind.TEXT),
    stored("created_at", Kind.MOMENT),
]
OWN = (
    "id", "note_id", "action_id", "location_id", "text", "due_on", "reason", "tries", "owner_id", "settled_at",
    "created_by_id", "created_at",
)  # fmt: skip


def write(db: Session, promises: SelectOfScalar[Promise], form: Form, *, by: Actor) -> Lines:
    """A table of those promises that are at a place whose data this person may take along, oldest first."""
    rows = _rows(exportable(promises, by).order_by(col(Promise.created_at), col(Promise.id)))
    return as_file(COLUMNS, batches(db, rows), form)


def exportable(promises: SelectOfScalar[Promise], by: Actor) -> SelectOfScalar[Promise]:
    return promises.where(col(Promise.location_id).in_(ids_within(by, Permission.EXPORT)))


def _rows(promises: SelectOfScalar[Promise]) -> Any:
    maker = aliased(User)
    return (
        promises.with_only_columns(
            *(col(getattr(Promise, name)) for name in OWN),
            type_coerce(Promise.state, String).label("state"),
            col(Location.name).label("location"),
            col(User.name).label("owner"),
            col(maker.name).label("created_by"),
            maintain_column_froms=True,
        )
        .join(Location, col(Location.id) == col(Promise.location_id))
        .outerjoin(User, col(User.id) == col(Promise.owner_id))
        .outerjoin(maker, col(maker.id) == col(Promise.created_by_id))
    )
