"""What there is of rules in the way for who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.rule.filter import RuleFilter
from app.models.rule.standing import STANDING
from app.models.rule.table import Rule, RuleNote


def visible_to(actor: Actor) -> SelectOfScalar[Rule]:
    """Rules at the places whose board the actor may read, those that were merged away included."""
    return select(Rule).where(col(Rule.location_id).in_(ids_within(actor, Permission.READ_BOARD)))


def matching(actor: Actor, only: RuleFilter) -> SelectOfScalar[Rule]:
    """For page, JSON and export alike."""
    return only.narrow(visible_to(actor)).where(col(Rule.merged_into_id).is_(None))


def get(db: Session, actor: Actor, rule_id: str) -> Rule:
    """NotFound when it is not there, or not the actor's to see."""
    found = db.exec(visible_to(actor).where(Rule.id == rule_id)).first()
    if found is None:
        raise NotFound
    return found


def place_of(db: Session, rule: Rule) -> Location:
    return db.exec(select(Location).where(Location.id == rule.location_id)).one()


def at(db: Session, location_id: str) -> list[Rule]:
    """The rules of one place, by name."""
    there = select(Rule).where(Rule.location_id == location_id, col(Rule.merged_into_id).is_(None))
    return list(db.exec(there.order_by(col(Rule.title), col(Rule.id))))


@dataclass(frozen=True, slots=True)
class Met:
    """One customer who met a rule, and when that customer was heard."""

    link: RuleNote
    held_at: datetime


def met_by(db: Session, rule_id: str) -> list[Met]:
    """Who met it, the newest first."""
    rows = db.exec(
        select(RuleNote, FieldNote.held_at)
        .join(FieldNote, STANDING)
        .where(RuleNote.rule_id == rule_id)
        .order_by(col(FieldNote.held_at).desc(), col(RuleNote.id))
    )
    return [Met(link, held_at) for link, held_at in rows]


def told_at(db: Session, rule_id: str, note_id: str) -> RuleNote | None:
    """What this customer told about this rule, if it was kept."""
    return db.exec(select(RuleNote).where(RuleNote.rule_id == rule_id, RuleNote.note_id == note_id)).first()


def of_note(db: Session, actor: Actor, note_id: str) -> Sequence[tuple[RuleNote, Rule]]:
    """The rules that this customer met, as far as the actor may see them; the oldest first."""
    found = visible_to(actor).join(RuleNote, col(RuleNote.rule_id) == col(Rule.id))
    named = found.add_columns(RuleNote).where(col(RuleNote.note_id) == note_id).order_by(col(Rule.id))
    return [(link, rule) for rule, link in db.execute(named).all()]
