"""What there is of actions for who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.action.filter import ActionFilter
from app.models.action.searching import says
from app.models.action.standing import STANDING
from app.models.action.table import ActionTeam, Evidence, ImprovementAction, Step
from app.models.field_note.table import Contact, FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.team.table import Team
from app.models.user.working import people_at as people_at

OPEN = (Step.NEW, Step.CHOSEN, Step.DOING)


def visible_to(actor: Actor) -> SelectOfScalar[ImprovementAction]:
    """Actions at the places whose board the actor may read."""
    places = ids_within(actor, Permission.READ_BOARD)
    return select(ImprovementAction).where(col(ImprovementAction.location_id).in_(places))


def matching(actor: Actor, only: ActionFilter) -> SelectOfScalar[ImprovementAction]:
    """For page, JSON and export alike."""
    found = only.narrow(visible_to(actor))
    return found.where(says(actor, only.q)) if only.q else found


def get(db: Session, actor: Actor, action_id: str, *, lock: bool = False) -> ImprovementAction:
    """NotFound when it is not there, or not the actor's to see. `lock`: nobody else changes it meanwhile."""
    wanted = visible_to(actor).where(ImprovementAction.id == action_id)
    found = db.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound
    return found


def place_of(db: Session, action: ImprovementAction) -> Location:
    return db.exec(select(Location).where(Location.id == action.location_id)).one()


def teams_at(db: Session, place: Location) -> list[Team]:
    on_the_way = place.path.strip("/").split("/")
    return list(db.exec(select(Team).where(col(Team.location_id).in_(on_the_way)).order_by(col(Team.name))))


def teams_to_choose(db: Session, actor: Actor) -> list[Team]:
    """For the board's filter: the teams of the places whose board the actor may read."""
    theirs = col(Team.location_id).in_(ids_within(actor, Permission.READ_BOARD))
    return list(db.exec(select(Team).where(theirs).order_by(col(Team.name))))


def teams_of(db: Session, action_id: str) -> list[Team]:
    joined = select(Team).join(ActionTeam, col(ActionTeam.team_id) == col(Team.id))
    return list(db.exec(joined.where(ActionTeam.action_id == action_id).order_by(col(Team.name))))


@dataclass(frozen=True, slots=True)
class Ground:
    """One quote of an action, and when its customer was heard."""

    evidence: Evidence
    held_at: datetime


def evidence_of(db: Session, action_id: str) -> list[Ground]:
    rows = db.exec(
        select(Evidence, FieldNote.held_at)
        .join(FieldNote, STANDING)
        .where(Evidence.action_id == action_id)
        .order_by(col(Evidence.id))
    )
    return [Ground(evidence, held_at) for evidence, held_at in rows]


def customers(db: Session, action_ids: Sequence[str]) -> dict[str, int]:
    """Action -> how many different notes it rests on."""
    rows = db.exec(
        select(Evidence.action_id, func.count(func.distinct(Evidence.note_id)))
        .join(FieldNote, STANDING)
        .where(col(Evidence.action_id).in_(action_ids))
        .group_by(col(Evidence.action_id))
    )
    return dict(rows.all())


def still_to_tell(db: Session, action_ids: Sequence[str]) -> dict[str, int]:
    """Action -> how many of its customers asked to be called back and were not called yet."""
    rows = db.exec(
        select(Evidence.action_id, func.count(func.distinct(Evidence.note_id)))
        .join(FieldNote, STANDING)
        .join(Contact, col(Contact.note_id) == col(Evidence.note_id))
        .where(col(Evidence.action_id).in_(action_ids), col(Contact.called_at).is_(None))
        .group_by(col(Evidence.action_id))
    )
    return dict(rows.all())


def open_at(db: Session, location_id: str) -> list[ImprovementAction]:
    """Actions of one place that can still take another story, newest first."""
    there = select(ImprovementAction).where(
        ImprovementAction.location_id == location_id, col(ImprovementAction.step).in_(OPEN)
    )
    return list(db.exec(there.order_by(col(ImprovementAction.id).desc()).limit(100)))
