"""Rules in the way and what is done about them: linked both ways."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from app.errors import Invalid
from app.models.access import Actor
from app.models.action import checking, queries, raising
from app.models.action.schemas import ActionDraft
from app.models.action.table import ImprovementAction, RuleAction
from app.models.audit.noting import note as log
from app.models.field_note.quoting import Quote
from app.models.record import put_new
from app.models.rule import checking as ruled
from app.models.rule import merging
from app.models.rule import queries as rules
from app.models.rule.table import Rule


def actions_of(db: Session, actor: Actor, rule_id: str) -> Sequence[ImprovementAction]:
    """What is done about a rule, the oldest first."""
    linked = select(RuleAction.action_id).where(RuleAction.rule_id == rule_id)
    found = queries.visible_to(actor).where(col(ImprovementAction.id).in_(linked))
    return db.exec(found.order_by(col(ImprovementAction.id))).all()


def rules_of(db: Session, actor: Actor, action_id: str) -> Sequence[Rule]:
    """The rules that an action is about, the oldest first."""
    linked = select(RuleAction.rule_id).where(RuleAction.action_id == action_id)
    return db.exec(rules.visible_to(actor).where(col(Rule.id).in_(linked)).order_by(col(Rule.id))).all()


def to_link(db: Session, rule: Rule) -> list[ImprovementAction]:
    """Open actions of the same place that are not linked yet."""
    linked = set(db.exec(select(RuleAction.action_id).where(RuleAction.rule_id == rule.id)))
    return [action for action in queries.open_at(db, rule.location_id) if action.id not in linked]


def link(db: Session, rule: Rule, action: ImprovementAction, *, by: Actor) -> None:
    """Invalid across places. Linking twice is linking once."""
    ruled.locked(db, rule, by=by)
    if action.location_id != rule.location_id:
        raise Invalid({"action_id": "field.unknown_choice"})
    if db.get(RuleAction, (rule.id, action.id)) is None:
        _link(db, rule, action.id, by=by)


def _link(db: Session, rule: Rule, action_id: str, *, by: Actor) -> None:
    put_new(db, RuleAction, [{"rule_id": rule.id, "action_id": action_id}])
    log(db, "rule.action_linked", "rule", rule.id, by=by, at=rule.location_id, action=action_id)


def unlink(db: Session, rule: Rule, action_id: str, *, by: Actor) -> None:
    ruled.locked(db, rule, by=by)
    if known := db.get(RuleAction, (rule.id, action_id)):
        db.delete(known)
        log(db, "rule.action_unlinked", "rule", rule.id, by=by, at=rule.location_id, action=action_id)
        db.flush()


def raise_about(db: Session, rule: Rule, draft: ActionDraft, *, by: Actor) -> ImprovementAction:
    """The action rests on everything customers said about the rule. The same draft twice makes one action."""
    if known := db.get(ImprovementAction, draft.id):
        return raising.same(known, rule.location_id, by)
    place = ruled.locked(db, rule, by=by)
    checking.check(db, draft, place)
    met = rules.met_by(db, rule.id)
    if not met:
        raise Invalid({"title": "rule.nobody_met_it"})
    if not (action := raising.put_on_board(db, draft, place, by=by)):
        return raising.same(db.get_one(ImprovementAction, draft.id), rule.location_id, by)
    for one in reversed(met):
        said = one.link
        quote = Quote(said.field, 0, len(said.quote), said.quote, said.mark_start, said.mark_end)
        raising.keep(db, action, said.note_id, [quote])
    log(db, "action.raised", "action", action.id, by=by, at=place.id, rule=rule.id)
    _link(db, rule, action.id, by=by)
    return action


def merge(db: Session, rule: Rule, into: Rule, *, by: Actor) -> None:
    """As `merging.merge`, and what is done about the one is done about the other."""
    if not merging.merge(db, rule, into, by=by):
        return
    ids = db.exec(select(RuleAction.action_id).where(RuleAction.rule_id == rule.id)).all()
    put_new(db, RuleAction, [{"rule_id": into.id, "action_id": action_id} for action_id in ids])
    db.exec(delete(RuleAction).where(col(RuleAction.rule_id) == rule.id))
