from dataclasses import dataclass

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.team.table import Team, TeamMember


@dataclass(frozen=True, slots=True)
class TeamRow:
    team: Team
    location: Location
    members: int


def visible_to(actor: Actor, permission: Permission) -> SelectOfScalar[Team]:
    """The teams that live where the actor may do this."""
    return select(Team).where(col(Team.location_id).in_(ids_within(actor, permission)))


def choices(db: Session, actor: Actor, permission: Permission) -> list[Team]:
    """By name, to choose from."""
    return list(db.exec(visible_to(actor, permission).order_by(col(Team.name))))


def rows(db: Session, actor: Actor) -> list[TeamRow]:
    """Teams with their place and how many they are, in one query."""
    found = db.exec(
        select(Team, Location, func.count(col(TeamMember.user_id)))
        .join(Location, col(Location.id) == col(Team.location_id))
        .outerjoin(TeamMember, col(TeamMember.team_id) == col(Team.id))
        .where(col(Location.id).in_(ids_within(actor, Permission.MANAGE_PEOPLE)))
        .group_by(col(Team.id), col(Location.id))
        .order_by(col(Team.name))
    )
    return [TeamRow(team, location, members) for team, location, members in found]


def get(db: Session, actor: Actor, team_id: str, permission: Permission) -> Team:
    team = db.exec(visible_to(actor, permission).where(Team.id == team_id)).first()
    if team is None:
        raise NotFound
    return team


def member_ids(db: Session, team: Team) -> set[str]:
    return set(db.exec(select(TeamMember.user_id).where(TeamMember.team_id == team.id)))
