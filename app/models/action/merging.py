"""Two actions for one thing: everything moves to the one that stays, and the other points to it."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, delete, select, update

from app.errors import Conflict, Invalid
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.extra_table import Repetition, SubStep, Watcher
from app.models.action.room_table import RoomUse
from app.models.action.table import ActionTeam, Comment, Evidence, ImprovementAction, RuleAction
from app.models.attachment.table import ActionFile
from app.models.audit.noting import note as log
from app.models.record import put_new

ALSO: list[Callable[[Session, str, str], None]] = []
"""What concepts above actions do when one goes into another: each gets the id that goes and the one that stays."""
LINKS: dict[Any, str] = {ActionTeam: "team_id", Watcher: "user_id", RuleAction: "rule_id"}


def merge(db: Session, action: ImprovementAction, into: ImprovementAction, *, by: Actor) -> bool:
    """Whether that was not done before. Invalid with itself or across places, Conflict in a circle or when either
    went into another action meanwhile."""
    for one in (action, into):
        checking.require(by, queries.place_of(db, one))
    # Always in the same order, so that two people who merge both ways do not wait for each other forever.
    for one in sorted((action, into), key=lambda one: one.id):
        db.refresh(one, with_for_update=True)
    if action.merged_into_id == into.id:
        return False
    _may(action, into)
    _move(db, action.id, into.id)
    if action.description and action.description not in into.description:
        into.description = f"{into.description}\n\n{action.description}".strip()
    action.merged_into_id = into.id
    action.version += 1
    into.version += 1
    log(db, "action.merged", "action", into.id, by=by, at=into.location_id, action=action.id)
    db.flush()
    return True


def to_merge_into(db: Session, action: ImprovementAction) -> list[ImprovementAction]:
    return [other for other in queries.open_at(db, action.location_id) if other.id != action.id]


def _may(action: ImprovementAction, into: ImprovementAction) -> None:
    if action.id == into.id:
        raise Invalid({"into_id": "action.merge_itself"})
    if into.merged_into_id == action.id:
        raise Conflict("action.merge_circle")
    if action.merged_into_id or into.merged_into_id:
        raise Conflict("action.merged_away")
    if action.location_id != into.location_id:
        raise Invalid({"into_id": "field.unknown_choice"})


def _move(db: Session, old: str, new: str) -> None:
    _move_evidence(db, old, new)
    _move_files(db, old, new)
    _move_steps(db, old, new)
    for table in (Comment, RoomUse):
        db.exec(update(table).where(col(table.action_id) == old).values(action_id=new))
    for link, other in LINKS.items():
        ids = db.exec(select(getattr(link, other)).where(link.action_id == old)).all()
        put_new(db, link, [{"action_id": new, other: one} for one in ids])
        db.exec(delete(link).where(link.action_id == old))
    db.exec(delete(Repetition).where(col(Repetition.action_id) == old))
    for also in ALSO:
        also(db, old, new)


def _move_evidence(db: Session, old: str, new: str) -> None:
    """Words that lie under both are there once."""
    there = {
        (e.note_id, e.field, e.quote) for e in db.exec(select(Evidence).where(Evidence.action_id == new))
    }
    for one in db.exec(select(Evidence).where(Evidence.action_id == old)).all():
        if (one.note_id, one.field, one.quote) in there:
            db.delete(one)
        else:
            one.action_id = new
    db.flush()


def _move_files(db: Session, old: str, new: str) -> None:
    there = set(db.exec(select(ActionFile.sha256).where(ActionFile.action_id == new)))
    for one in db.exec(select(ActionFile).where(ActionFile.action_id == old)).all():
        if one.sha256 in there:
            db.delete(one)
        else:
            one.action_id = new
    db.flush()


def _move_steps(db: Session, old: str, new: str) -> None:
    """Below those that were there."""
    last = max(db.exec(select(SubStep.position).where(SubStep.action_id == new)), default=0.0)
    below = {"action_id": new, "position": col(SubStep.position) + last}
    db.exec(update(SubStep).where(col(SubStep.action_id) == old).values(**below))
