"""Two names for one rule: what customers said moves to the one that stays."""

from sqlmodel import Session, col, select

from app.errors import Conflict, Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.rule import checking, queries
from app.models.rule.table import Rule, RuleNote

TOLD = ("minutes", "cents", "room")


def merge(db: Session, rule: Rule, into: Rule, *, by: Actor) -> bool:
    """`rule` goes away, `into` stays; whether that was not done before. Invalid with itself or across places, Conflict
    in a circle or when either went into another rule meanwhile."""
    checking.require(by, queries.place_of(db, rule))
    _lock(db, rule, into)
    if rule.merged_into_id == into.id:
        return False
    _may(rule, into)
    _move_notes(db, rule, into)
    rule.merged_into_id = into.id
    rule.version += 1
    into.version += 1
    if rule.view and rule.view not in into.view:
        into.view = f"{into.view}\n\n{rule.view}".strip()
    log(db, "rule.merged", "rule", into.id, by=by, at=into.location_id, rule=rule.id)
    db.flush()
    return True


def _lock(db: Session, *rules: Rule) -> None:
    """Always in the same order, so that two people who merge both ways do not wait for each other forever."""
    for one in sorted(rules, key=lambda rule: rule.id):
        db.refresh(one, with_for_update=True)


def _may(rule: Rule, into: Rule) -> None:
    if rule.id == into.id:
        raise Invalid({"into_id": "rule.merge_itself"})
    if into.merged_into_id == rule.id:
        raise Conflict("rule.merge_circle")
    if rule.merged_into_id or into.merged_into_id:
        raise Conflict("rule.merged_away")
    if rule.location_id != into.location_id:
        raise Invalid({"into_id": "field.unknown_choice"})


def _move_notes(db: Session, rule: Rule, into: Rule) -> None:
    """A customer who met both counts once; what was told at one of them only is kept."""
    there = {link.note_id: link for link in db.exec(select(RuleNote).where(RuleNote.rule_id == into.id))}
    for link in db.exec(select(RuleNote).where(RuleNote.rule_id == rule.id).order_by(col(RuleNote.id))).all():
        twin = there.get(link.note_id)
        if twin is None:
            link.rule_id = into.id
            continue
        for column in TOLD:
            if getattr(twin, column) is None:
                setattr(twin, column, getattr(link, column))
        if not twin.quote:
            twin.field, twin.quote = link.field, link.quote
            twin.mark_start, twin.mark_end = link.mark_start, link.mark_end
        db.delete(link)
    db.flush()
