"""How much there is to take along."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models.access import Actor
from app.models.action import queries as actions
from app.models.action.filter import ActionFilter
from app.models.export.actions import exportable as exportable_actions
from app.models.export.notes import exportable as exportable_notes
from app.models.export.promises import exportable as exportable_promises
from app.models.export.rules import exportable as exportable_rules
from app.models.field_note.queries import visible_to
from app.models.field_note.table import FieldNote, Tagging
from app.models.promise import queries as promises
from app.models.promise.filter import PromiseFilter
from app.models.rule import queries as rules
from app.models.rule.filter import RuleFilter


@dataclass(frozen=True, slots=True)
class Exportable:
    notes: int
    taggings: int
    actions: int
    rules: int
    promises: int


def exportable(db: Session, actor: Actor) -> Exportable:
    """Rows of each table, without any filter."""
    notes = exportable_notes(visible_to(actor), actor).with_only_columns(col(FieldNote.id))
    tagged = select(Tagging.id).where(col(Tagging.note_id).in_(notes))
    board = exportable_actions(actions.matching(actor, ActionFilter()), actor)
    register = exportable_rules(rules.matching(actor, RuleFilter()), actor)
    told = exportable_promises(promises.matching(actor, PromiseFilter()), actor)
    counts = [
        db.exec(select(func.count()).select_from(rows.subquery())).one()
        for rows in (notes, tagged, board, register, told)
    ]
    return Exportable(*counts)
