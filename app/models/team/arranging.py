from collections.abc import Iterable

from sqlmodel import Session, col, delete, func, select

from app.errors import Invalid
from app.models.access import Actor, Permission
from app.models.audit.noting import note
from app.models.location.arranging import chosen
from app.models.team.queries import member_ids
from app.models.team.schemas import TeamChanges, TeamDraft
from app.models.team.table import Team, TeamMember
from app.models.user import queries as users


def add(db: Session, draft: TeamDraft, *, by: Actor) -> Team:
    location = chosen(db, by, draft.location_id, Permission.MANAGE_PEOPLE)
    _check_name(db, draft.name, location.id)
    team = Team(name=draft.name, location_id=location.id)
    db.add(team)
    db.flush()
    _gather(db, team, draft.members, by)
    note(db, "team.added", "team", team.id, by=by, at=location.id)
    return team


def change(db: Session, team: Team, changes: TeamChanges, *, by: Actor) -> None:
    _check_name(db, changes.name, team.location_id, besides=team.id)
    team.name = changes.name
    _gather(db, team, changes.members, by)
    note(db, "team.changed", "team", team.id, by=by, at=team.location_id, members=len(changes.members))


def _gather(db: Session, team: Team, chosen_ids: Iterable[str], by: Actor) -> None:
    """Makes the members those chosen. People whom the actor cannot see are neither added nor dropped."""
    seen = {user.id for user in users.choices(db, by)}
    wanted, there = set(chosen_ids), member_ids(db, team)
    if wanted - seen - there:
        raise Invalid({"members": "field.unknown_choice"})
    leaving = (there - wanted) & seen
    db.exec(
        delete(TeamMember).where(col(TeamMember.team_id) == team.id, col(TeamMember.user_id).in_(leaving))
    )
    db.add_all(TeamMember(team_id=team.id, user_id=user_id) for user_id in wanted - there)


def _check_name(db: Session, name: str, location_id: str, besides: str = "") -> None:
    same = select(Team.id).where(
        Team.location_id == location_id, func.lower(Team.name) == name.lower(), Team.id != besides
    )
    if db.exec(same).first():
        raise Invalid({"name": "team.name_taken"})
