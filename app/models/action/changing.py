"""What an action says about itself, and who picks it up."""

from sqlmodel import Session

from app.clock import now
from app.errors import Conflict
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.clashing import clash
from app.models.action.schemas import ActionChanges
from app.models.action.table import ImprovementAction, Room
from app.models.audit.noting import note as log
from app.models.user.table import User

COLUMNS = ("title", "description", "kind", "owner_id", "due_on", "room", "room_from")


def change(db: Session, action: ImprovementAction, changes: ActionChanges, *, by: Actor) -> None:
    """All fields at once. Conflict when somebody changed it meanwhile to something else than this."""
    place = queries.place_of(db, action)
    checking.require(by, place)
    db.refresh(action, with_for_update=True)
    wanted = {name: getattr(changes, name) for name in COLUMNS} | {"room_from": checking.room_from(changes)}
    changed = [name for name in COLUMNS if getattr(action, name) != wanted[name]]
    if changed and action.version != changes.version:
        raise clash(db, action)
    checking.check(db, changes, place, was=action)
    if {"room", "room_from"} & set(changed):
        action.room_since = now() if changes.room == Room.WAITING else None
    for name in changed:
        setattr(action, name, wanted[name])
    if checking.set_teams(db, action.id, changes.team_ids):
        changed.append("team_ids")
    if changed:
        action.version += 1
        action.stirred_at = now()
        log(db, "action.changed", "action", action.id, by=by, at=action.location_id, fields=changed)


def take(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    """ "Dat doe ik." Conflict when somebody else took it first."""
    checking.require(by, queries.place_of(db, action))
    db.refresh(action, with_for_update=True)
    if action.owner_id == by.id:
        return
    if action.owner_id is not None:
        owner = db.get(User, action.owner_id)
        raise Conflict("action.owned_meanwhile", who=owner.name if owner else "")
    action.owner_id = by.id
    action.version += 1
    action.stirred_at = now()
    log(db, "action.owned", "action", action.id, by=by, at=action.location_id)
