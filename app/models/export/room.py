"""What teams may decide themselves as a table: one row a team, with how often it did, had to ask, and might not."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor, Permission
from app.models.action.room_counting import counts_of
from app.models.export.cells import Form, Kind
from app.models.export.table import Batch, Lines, as_file, batches, stored
from app.models.filtering import Filter
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.team.table import Team

COUNTS = ("on_the_spot", "asked", "refused")
COLUMNS = [
    *map(stored, ("id", "location_id")),
    stored("location", Kind.TEXT),
    stored("team", Kind.TEXT),
    *map(stored, COUNTS),
]


class RoomFilter(Filter):
    """Empty means all. `location` is a place and all below it."""

    location: str | None = None


def write(db: Session, only: RoomFilter, form: Form, *, by: Actor) -> Lines:
    """A table of the teams at places whose data this person may take along, by name."""
    return as_file(COLUMNS, _with_counts(db, _rows(_exportable(only, by))), form)


def _exportable(only: RoomFilter, by: Actor) -> SelectOfScalar[Team]:
    teams = select(Team).where(col(Team.location_id).in_(ids_within(by, Permission.EXPORT)))
    if only.location:
        top = select(Location.path).where(Location.id == only.location).scalar_subquery()
        teams = teams.where(
            col(Team.location_id).in_(select(Location.id).where(col(Location.path).startswith(top)))
        )
    return teams


def _rows(teams: SelectOfScalar[Team]) -> Any:
    named: tuple[Any, ...] = (
        col(Team.id),
        col(Team.location_id),
        col(Team.name).label("team"),
        col(Location.name).label("location"),
    )
    found = teams.with_only_columns(*named, maintain_column_froms=True)
    return found.join(Location, col(Location.id) == col(Team.location_id)).order_by(
        col(Team.name), col(Team.id)
    )


def _with_counts(db: Session, rows: Any) -> Iterator[Batch]:
    for batch in batches(db, rows):
        counted: dict[str, Sequence[Any]] = dict(batch)
        counts = counts_of(db, batch["id"])
        for name in COUNTS:
            counted[name] = [getattr(counts[one], name) for one in batch["id"]]
        yield counted
