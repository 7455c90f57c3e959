"""Whose turn it is, where, and who went when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.clock import day_of, now, today
from app.models.access import Actor, Permission
from app.models.location.queries import ids_within
from app.models.location.table import Location, LocationKind
from app.models.rhythm import planning
from app.models.rhythm.table import Rhythm
from app.models.safari.table import Safari, SafariState
from app.models.user.table import User

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Turn:
    """`week` is the Monday of the week in which it is time; `suggested` when to plan it for, on the wall clock."""

    rhythm: Rhythm
    place: Location
    person: User
    last: date | None
    planned: Safari | None
    week: date
    suggested: datetime

    @property
    def overdue(self) -> bool:
        return self.planned is None and self.week < planning.monday_of(today())

    @property
    def is_time(self) -> bool:
        """This week or before, and nothing planned yet."""
        return self.planned is None and self.week <= planning.monday_of(today())


@dataclass(frozen=True, slots=True)
class Went:
    """One person's safaris at one place in a year."""

    place: Location
    person: User
    times: int
    last: date


def mine(db: Session, actor: Actor) -> list[Turn]:
    """The actor's own, where they still lead safaris; what is due first comes first."""
    if not actor.may(Permission.LEAD_SAFARI):
        return []
    return _turns(db, actor, col(Rhythm.user_id) == actor.id)


def turns(db: Session, actor: Actor) -> list[Turn]:
    """Everybody's, where the actor leads safaris."""
    return _turns(db, actor, col(User.disabled_at).is_(None))


def _turns(db: Session, actor: Actor, only: ColumnElement[bool]) -> list[Turn]:
    rows = db.exec(
        select(Rhythm, Location, User)
        .join(Location, col(Location.id) == col(Rhythm.location_id))
        .join(User, col(User.id) == col(Rhythm.user_id))
        .where(only, col(Location.id).in_(ids_within(actor, Permission.LEAD_SAFARI)))
    ).all()
    if not rows:
        return []
    people = [user.id for _, _, user in rows]
    last, ahead = _last(db, people), _ahead(db, people)
    found = []
    for rhythm, place, person in rows:
        pair = (person.id, place.id)
        week = planning.week_due(rhythm.every_weeks, rhythm.begins_on, last.get(pair))
        day = planning.day_in(week, rhythm.weekday, after=today())
        suggested = planning.moment_on(day, rhythm.part)
        found.append(Turn(rhythm, place, person, last.get(pair), ahead.get(pair), week, suggested))
    return sorted(found, key=lambda turn: (turn.week, turn.place.name, turn.person.name))


def _last(db: Session, people: Sequence[str]) -> dict[tuple[str, str], date]:
    """Person and place -> the day of the last safari they led there."""
    began = (
        select(Safari.leader_id, Safari.location_id, func.max(Safari.started_at))
        .where(col(Safari.leader_id).in_(people), col(Safari.started_at).is_not(None))
        .group_by(col(Safari.leader_id), col(Safari.location_id))
    )
    return {(person, place): day_of(moment) for person, place, moment in db.exec(began) if moment}


def _ahead(db: Session, people: Sequence[str]) -> dict[tuple[str, str], Safari]:
    planned = select(Safari).where(
        col(Safari.leader_id).in_(people),
        Safari.state == SafariState.PLANNED,
        col(Safari.planned_for) >= now() - timedelta(days=1),
    )
    soonest: dict[tuple[str, str], Safari] = {}
    for safari in db.exec(planned.order_by(col(Safari.planned_for))):
        soonest.setdefault((safari.leader_id, safari.location_id), safari)
    return soonest


def went(db: Session, actor: Actor) -> list[Went]:
    """Who led safaris in the last year where the actor leads them too, the actor among them."""
    rows = db.exec(
        select(Location, User, func.count(), func.max(Safari.started_at))
        .select_from(Safari)
        .join(Location, col(Location.id) == col(Safari.location_id))
        .join(User, col(User.id) == col(Safari.leader_id))
        .where(
            col(Safari.started_at) >= now() - YEAR,
            col(Location.id).in_(ids_within(actor, Permission.LEAD_SAFARI)),
        )
        .group_by(col(Location.id), col(User.id))
        .order_by(col(Location.name), col(User.name))
    )
    return [Went(place, user, times, day_of(last)) for place, user, times, last in rows if last]


@dataclass(frozen=True, slots=True)
class PlaceYear:
    place: Location
    times: int
    last: date | None


def places(db: Session, actor: Actor) -> list[PlaceYear]:
    """How often somebody went to each place in a year: numbers without names, for who reads the board."""
    rows = db.exec(
        select(Location, func.count(col(Safari.id)), func.max(Safari.started_at))
        .outerjoin(
            Safari, (col(Safari.location_id) == col(Location.id)) & (col(Safari.started_at) >= now() - YEAR)
        )
        .where(
            Location.kind == LocationKind.LOCATION,
            col(Location.id).in_(ids_within(actor, Permission.READ_BOARD)),
        )
        .group_by(col(Location.id))
        .order_by(col(Location.name))
    )
    return [PlaceYear(place, times, day_of(last) if last else None) for place, times, last in rows]
