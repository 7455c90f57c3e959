from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field, ValidationError
from sqlmodel import Session

from app.errors import Invalid
from app.forms import faults_of
from app.models.access import Actor, Permission
from app.models.field_note import queries as notes
from app.models.rule import deciding, meeting, naming
from app.models.rule.as_json import RuleOut, page, shown
from app.models.rule.filter import RuleFilter
from app.models.rule.schemas import DecisionDraft, MeetingDraft, RuleChanges, RuleDraft
from app.models.rule.table import Rule, RuleKind
from app.routers.api.shared import ONE, WRITING, Cursor, Limit, PageOut, api_router
from app.routers.dependencies import Db, TheRule, may

router = api_router("rules", "rules")
Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


class RuleQuery(RuleFilter):
    limit: Limit = 50
    cursor: Cursor = ""


class RulePatch(BaseModel):
    """What is not named stays as it is. `version` is the one you saw."""

    version: int
    title: str | None = None
    kind: RuleKind | None = None
    view: str | None = None
    owner_id: str | None = None


class MetBy(MeetingDraft):
    note_id: str = Field(max_length=36)


def _one(db: Session, actor: Actor, rule: Rule) -> RuleOut:
    db.flush()
    return shown(db, actor, [rule])[0]


@router.get("", summary="Rules in the way at places you may see, the newest first")
def index(db: Db, actor: Reader, asked: Annotated[RuleQuery, Query()]) -> PageOut[RuleOut]:
    found = page(db, actor, asked, limit=asked.limit, cursor=asked.cursor)
    return PageOut(items=list(found.items), next=found.next)


@router.post("", status_code=201, summary="Name a rule in the way", responses=WRITING)
def create(db: Db, actor: Changer, draft: RuleDraft) -> RuleOut:
    """The same `id` again gives the same rule, so that retrying is safe."""
    return _one(db, actor, naming.name(db, draft, by=actor))


@router.get("/{rule_id}", summary="One rule", responses=ONE)
def show(db: Db, actor: Reader, rule: TheRule) -> RuleOut:
    return _one(db, actor, rule)


@router.patch("/{rule_id}", summary="Change what a rule says", responses=WRITING)
def change(db: Db, actor: Changer, rule: TheRule, patch: RulePatch) -> RuleOut:
    naming.change(db, rule, _merged(rule, patch), by=actor)
    return _one(db, actor, rule)


def _merged(rule: Rule, patch: RulePatch) -> RuleChanges:
    now: dict[str, Any] = rule.model_dump(include=set(RuleChanges.model_fields))
    try:
        return RuleChanges.model_validate(now | patch.model_dump(exclude_unset=True))
    except ValidationError as wrong:
        raise Invalid(faults_of(wrong.errors(include_input=False, include_url=False))) from None


@router.post("/{rule_id}/decision", summary="Keep, explain, widen or scrap it", responses=WRITING)
def decide(db: Db, actor: Changer, rule: TheRule, draft: DecisionDraft) -> RuleOut:
    """ "keep" needs a `reason`; on the day `look_again_on` the rule comes back to the top."""
    deciding.decide(db, rule, draft, by=actor)
    return _one(db, actor, rule)


@router.post("/{rule_id}/notes", status_code=201, summary="A customer who met it", responses=WRITING)
def meet(db: Db, actor: Changer, rule: TheRule, draft: MetBy) -> RuleOut:
    """Sent again for the same note, the last telling stands."""
    meeting.meet(db, rule, notes.get(db, actor, draft.note_id), draft, by=actor)
    return _one(db, actor, rule)
