"""What there is of goals for who asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.goal.filter import GoalFilter
from app.models.goal.table import Goal, GoalTheme, Level, ValueStrategy
from app.models.location.queries import ids_within, within
from app.models.location.table import Location
from app.models.tag.table import Tag

ABOVE = {Level.YEARS: None, Level.YEAR: Level.YEARS, Level.NOW: Level.YEAR}


def visible_to(actor: Actor) -> SelectOfScalar[Goal]:
    """Goals of the places whose board the actor may read."""
    return select(Goal).where(col(Goal.location_id).in_(ids_within(actor, Permission.READ_BOARD)))


def get(db: Session, actor: Actor, goal_id: str) -> Goal:
    """NotFound when it is not there, or not the actor's to see."""
    found = db.exec(visible_to(actor).where(Goal.id == goal_id)).first()
    if found is None:
        raise NotFound
    return found


def matching(actor: Actor, only: GoalFilter) -> SelectOfScalar[Goal]:
    """For JSON and export alike."""
    return only.narrow(visible_to(actor))


def above(db: Session, actor: Actor, goal: Goal) -> Goal | None:
    """The goal it hangs under, when the actor may see that."""
    return db.exec(visible_to(actor).where(Goal.id == goal.parent_id)).first()


def place_of(db: Session, goal: Goal) -> Location:
    return db.get_one(Location, goal.location_id)


def open_at(db: Session, place: Location) -> list[Goal]:
    """Goals an action at this place can hang under: its own and those of the places above it."""
    on_the_way = place.path.strip("/").split("/")
    there = select(Goal).where(col(Goal.location_id).in_(on_the_way), col(Goal.closed_at).is_(None))
    return sorted(db.exec(there), key=lambda goal: (-list(Level).index(goal.level), goal.title.lower()))


def parents_for(db: Session, actor: Actor, level: Level, *, besides: str = "") -> list[Goal]:
    """Open goals of the level above, that the actor sees."""
    above = ABOVE[level]
    found = visible_to(actor).where(Goal.level == above, col(Goal.closed_at).is_(None), Goal.id != besides)
    return list(db.exec(found.order_by(col(Goal.title)))) if above else []


def themes_of(db: Session, goal_ids: Sequence[str]) -> dict[str, list[Tag]]:
    rows = db.exec(
        select(GoalTheme.goal_id, Tag)
        .join(Tag, col(Tag.id) == col(GoalTheme.tag_id))
        .where(col(GoalTheme.goal_id).in_(goal_ids))
        .order_by(col(Tag.position), col(Tag.slug))
    )
    found: dict[str, list[Tag]] = {}
    for goal_id, tag in rows:
        found.setdefault(goal_id, []).append(tag)
    return found


@dataclass(frozen=True, slots=True)
class Stated:
    strategy: ValueStrategy
    place: Location


def strategies(db: Session, actor: Actor) -> list[Stated]:
    """Those of the actor's places and of the places above them, the highest first."""
    above = {step for place in db.exec(within(actor, Permission.READ_BOARD)) for step in _steps(place)}
    rows = db.exec(
        select(ValueStrategy, Location)
        .join(Location, col(Location.id) == col(ValueStrategy.location_id))
        .where(col(Location.id).in_(above))
    )
    return [
        Stated(one, place) for one, place in sorted(rows, key=lambda row: (len(row[1].path), row[1].name))
    ]


def _steps(place: Location) -> list[str]:
    return place.path.strip("/").split("/")
