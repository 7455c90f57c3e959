from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from app.models.access import Actor
from app.models.action import ruling
from app.models.audit.whence import happened
from app.models.rule import deciding, meeting, naming
from app.models.rule.schemas import DecisionDraft, MeetingDraft, RuleDraft
from app.models.rule.table import Rule, RuleNote
from app.seeds.stage import Stage


def tell_rules(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    """With the register's own verbs; afterwards the days on which it happened."""
    for plan in told:
        by = stage.actors[plan["by"]]
        with happened(stage.ago(plan["days_ago"])):
            rule = naming.name(db, _draft(stage, plan), by=by)
            for met in plan["met"]:
                _meet(db, stage, rule, met, by=by)
            for ref in plan.get("actions", ()):
                ruling.link(db, rule, stage.actions[ref], by=by)
        _date(db, rule, stage.ago(plan["days_ago"]))
        if decision := plan.get("decision"):
            _decide(db, stage, rule, decision)
    db.flush()


def _meet(db: Session, stage: Stage, rule: Rule, met: dict[str, Any], *, by: Actor) -> None:
    note = stage.notes[met["note"]]
    start = note.answers[met["field"]]["value"].index(met["quote"])
    pick = f"{met['field']}:{start}-{start + len(met['quote'])}"
    cost = {name: met[name] for name in ("minutes", "euros", "room") if name in met}
    meeting.meet(db, rule, note, MeetingDraft.model_validate({"quote": pick} | cost), by=by)


def _draft(stage: Stage, plan: dict[str, Any]) -> RuleDraft:
    owner = plan.get("owner")
    return RuleDraft(
        location_id=stage.places[plan["location"]].id,
        title=plan["title"],
        kind=plan["kind"],
        view=plan.get("view", ""),
        owner_id=stage.actors[owner].id if owner else None,
    )


def _date(db: Session, rule: Rule, at: datetime) -> None:
    rule.created_at = at
    db.execute(update(RuleNote).where(col(RuleNote.rule_id) == rule.id).values(created_at=at))


def _decide(db: Session, stage: Stage, rule: Rule, told: dict[str, Any]) -> None:
    """The day to look again may have come since: no form would take it any more."""
    draft = DecisionDraft(decision=told["to"], reason=told["reason"], version=rule.version)
    with happened(stage.ago(told["days_ago"])):
        deciding.decide(db, rule, draft, by=stage.actors[told["by"]])
    rule.decided_at = stage.ago(told["days_ago"])
    rule.look_again_on = stage.today() + timedelta(days=told["look_again_in"])
