"""Actions as a table: one row an action, with how many customers it rests on and what they said."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import String, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor, Permission
from app.models.action.queries import customers
from app.models.action.standing import STANDING
from app.models.action.table import ActionTeam, Evidence, ImprovementAction
from app.models.export.cells import Form, Kind
from app.models.export.table import Batch, Lines, as_file, batches, stored
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.team.table import Team
from app.models.user.table import User

COLUMNS = [
    *map(stored, ("id", "location_id")),
    stored("location", Kind.TEXT),
    stored("title", Kind.TEXT),
    stored("description", Kind.TEXT),
    *map(stored, ("kind", "step", "owner_id")),
    stored("owner", Kind.TEXT),
    stored("teams", Kind.LIST),
    stored("due_on", Kind.MIXED),
    stored("room"),
    stored("room_from", Kind.TEXT),
    stored("room_since", Kind.MOMENT),
    stored("reason", Kind.TEXT),
    stored("customers"),
    stored("quotes", Kind.LIST),
    stored("created_by_id"),
    stored("created_by", Kind.TEXT),
    stored("created_at", Kind.MOMENT),
    stored("moved_at", Kind.MOMENT),
]


def write(db: Session, actions: SelectOfScalar[ImprovementAction], form: Form, *, by: Actor) -> Lines:
    """A table of those actions that are at a place whose data this person may take along, oldest first."""
    order = (col(ImprovementAction.created_at), col(ImprovementAction.id))
    rows = _rows(exportable(actions, by).order_by(*order))
    return as_file(COLUMNS, _with_more(db, batches(db, rows)), form)


def exportable(actions: SelectOfScalar[ImprovementAction], by: Actor) -> SelectOfScalar[ImprovementAction]:
    places = ids_within(by, Permission.EXPORT)
    return actions.where(col(ImprovementAction.location_id).in_(places))


def _rows(actions: SelectOfScalar[ImprovementAction]) -> Any:
    action, maker = ImprovementAction, aliased(User)
    said = (
        action.title,
        action.description,
        action.due_on,
        action.room_from,
        action.room_since,
        action.reason,
    )
    ids = (
        action.id,
        action.location_id,
        action.owner_id,
        action.created_by_id,
        action.created_at,
        action.moved_at,
    )
    return (
        actions.with_only_columns(
            *map(col, (*ids, *said)),
            *(type_coerce(getattr(action, name), String).label(name) for name in ("kind", "step", "room")),
            col(Location.name).label("location"),
            col(User.name).label("owner"),
            col(maker.name).label("created_by"),
            maintain_column_froms=True,
        )
        .join(Location, col(Location.id) == col(action.location_id))
        .outerjoin(User, col(User.id) == col(action.owner_id))
        .outerjoin(maker, col(maker.id) == col(action.created_by_id))
    )


def _with_more(db: Session, found: Iterable[dict[str, Sequence[Any]]]) -> Iterator[Batch]:
    for batch in found:
        ids = batch["id"]
        teams, quotes, counted = _teams_of(db, ids), _quotes_of(db, ids), customers(db, ids)
        batch["teams"] = [teams.get(one) for one in ids]
        batch["quotes"] = [quotes.get(one) for one in ids]
        batch["customers"] = [counted.get(one, 0) for one in ids]
        yield batch


def _teams_of(db: Session, action_ids: Sequence[str]) -> dict[str, list[str]]:
    joined = select(ActionTeam.action_id, Team.name).join(Team, col(Team.id) == col(ActionTeam.team_id))
    return _grouped(db.exec(joined.where(col(ActionTeam.action_id).in_(action_ids)).order_by(col(Team.name))))


def _quotes_of(db: Session, action_ids: Sequence[str]) -> dict[str, list[str]]:
    said = select(Evidence.action_id, Evidence.quote).join(FieldNote, STANDING)
    there = said.where(col(Evidence.action_id).in_(action_ids), Evidence.quote != "")
    return _grouped(db.exec(there.order_by(col(Evidence.id))))


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
