"""Does what was filled in fit the place? Shared by raising and changing."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from app.clock import now, today
from app.errors import Conflict, Fault, Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.action import queries, under_goals
from app.models.action.schemas import ActionFields
from app.models.action.table import ActionTeam, ImprovementAction, Room
from app.models.location.table import Location
from app.models.record import Record
from app.models.user.table import User
from app.models.user.working import givers_at


def require(actor: Actor, place: Location) -> None:
    """Forbidden for who may see the board there and not change it."""
    if not actor.may(Permission.CHANGE_ACTION, at=place.path):
        raise Forbidden


def hold(db: Session, action: ImprovementAction, *, by: Actor) -> Location:
    """Its place; nobody else changes the action until this is done. Conflict when it went into another one."""
    place = queries.place_of(db, action)
    require(by, place)
    db.refresh(action, with_for_update=True)
    if action.merged_into_id:
        raise Conflict("action.merged_away")
    action.stirred_at = now()
    return place


def check(
    db: Session, fields: ActionFields, place: Location, *, was: ImprovementAction | None = None
) -> None:
    """Raises Invalid with a code for each field. A date that was already there may have passed."""
    faults: dict[str, Fault] = {}
    kept_owner = was is not None and was.owner_id == fields.owner_id
    if fields.owner_id and not kept_owner and fields.owner_id not in _ids(queries.people_at(db, place)):
        faults["owner_id"] = ("field.unknown_choice", {})
    if fields.due_on and fields.due_on < today() and not (was and was.due_on == fields.due_on):
        faults["due_on"] = ("action.due_in_the_past", {})
    if fields.team_ids:
        known = _ids(queries.teams_at(db, place))
        if not set(fields.team_ids) <= known | (_teams_now(db, was.id) if was else set()):
            faults["team_ids"] = ("field.unknown_choice", {})
    kept_giver = was is not None and was.room_from_id == fields.room_from_id
    if fields.room_from_id and not kept_giver and fields.room_from_id not in _ids(givers_at(db, place)):
        faults["room_from_id"] = ("field.unknown_choice", {})
    if fields.goal_id and fields.goal_id not in _goals(db, place, was):
        faults["goal_id"] = ("field.unknown_choice", {})
    if faults:
        raise Invalid(dict(faults))


def waits_for(db: Session, fields: ActionFields) -> tuple[str, str | None]:
    """Name and id of whom it waits for; the id where it is one of the managers."""
    if fields.room != Room.WAITING:
        return "", None
    known = db.get(User, fields.room_from_id) if fields.room_from_id else None
    return (known.name, known.id) if known else (fields.room_from, None)


def set_teams(db: Session, action_id: str, team_ids: Iterable[str]) -> bool:
    """Whether that changed anything."""
    wanted, present = set(team_ids), _teams_now(db, action_id)
    if gone := present - wanted:
        db.exec(
            delete(ActionTeam).where(
                col(ActionTeam.action_id) == action_id, col(ActionTeam.team_id).in_(gone)
            )
        )
    db.add_all(ActionTeam(action_id=action_id, team_id=team_id) for team_id in sorted(wanted - present))
    db.flush()
    return wanted != present


def _goals(db: Session, place: Location, was: ImprovementAction | None) -> set[str]:
    """Open ones, and the one it hangs under already."""
    return _ids(under_goals.to_choose(db, place, was))


def _ids(found: Iterable[Record]) -> set[str]:
    return {one.id for one in found}


def _teams_now(db: Session, action_id: str) -> set[str]:
    return set(db.exec(select(ActionTeam.team_id).where(ActionTeam.action_id == action_id)))
