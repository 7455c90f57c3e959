"""Houden, beter uitleggen, verruimen of schrappen: with a reason, and a day to look at it again."""

from sqlmodel import Session

from app.clock import now, today
from app.errors import Fault, Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.rule import checking
from app.models.rule.schemas import DecisionDraft
from app.models.rule.table import Decision, Rule

COLUMNS = ("decision", "reason", "look_again_on")


def decide(db: Session, rule: Rule, draft: DecisionDraft, *, by: Actor) -> None:
    """Invalid when a rule is kept without a reason, or a new day to look again has passed. Deciding the same twice is
    deciding once; Conflict when somebody changed the rule meanwhile."""
    checking.locked(db, rule, by=by)
    changed = [name for name in COLUMNS if getattr(rule, name) != getattr(draft, name)]
    if not changed:
        return
    if rule.version != draft.version:
        raise checking.clash(db, rule)
    if faults := _faults(rule, draft):
        raise Invalid(faults)
    was = rule.decision
    for column in changed:
        setattr(rule, column, getattr(draft, column))
    rule.decided_at, rule.decided_by_id = now(), by.id
    rule.version += 1
    detail = {"from": was.value, "to": draft.decision.value}
    log(db, "rule.decided", "rule", rule.id, by=by, at=rule.location_id, **detail)
    db.flush()


def _faults(rule: Rule, draft: DecisionDraft) -> dict[str, Fault]:
    faults: dict[str, Fault] = {}
    if draft.decision == Decision.KEEP and not draft.reason:
        faults["reason"] = ("rule.reason_missing", {})
    fresh = draft.look_again_on != rule.look_again_on
    if draft.look_again_on and draft.look_again_on <= today() and fresh:
        faults["look_again_on"] = ("rule.look_again_too_soon", {})
    return faults
