"""What people change at one rule: what it is, what is decided, and with which other it is one."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Conflict
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import ruling
from app.models.rule import checking, deciding, meeting, naming, queries
from app.models.rule.schemas import DecisionDraft, MergerDraft, RuleChanges
from app.models.user.working import people_at
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheRule, may
from app.routers.rules import rule_page

router = APIRouter(prefix="/rules/{rule_id}", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]
SHOWN = ("title", "kind", "view", "owner_id", "version")


def edit_page(request: Request, db: Session, form: Filled[Any], *, status: int = 200) -> Response:
    rule = queries.get(db, asker(request), request.path_params["rule_id"])
    return page(
        request,
        "rules/edit.html",
        status=status,
        nav="rules",
        form=form,
        rule=rule,
        people=people_at(db, queries.place_of(db, rule)),
    )


@router.get("/edit")
def edit(request: Request, db: Db, actor: Changer, rule: TheRule) -> Response:
    checking.require(actor, queries.place_of(db, rule))
    return edit_page(request, db, blank(**{name: getattr(rule, name) or "" for name in SHOWN}))


@router.post("")
def change(
    request: Request,
    db: Db,
    actor: Changer,
    rule: TheRule,
    form: Annotated[Filled[RuleChanges], filled(RuleChanges, again=edit_page)],
) -> Response:
    try:
        naming.change(db, rule, form.draft, by=actor)
    except Conflict as clash:
        return edit_page(request, db, form.refused({"version": (clash.code, clash.details)}), status=409)
    return see_other(f"/rules/{rule.id}")


@router.post("/decision")
def decide(
    request: Request,
    db: Db,
    actor: Changer,
    rule: TheRule,
    form: Annotated[Filled[DecisionDraft], filled(DecisionDraft, again=rule_page)],
) -> Response:
    try:
        deciding.decide(db, rule, form.draft, by=actor)
    except Conflict as clash:
        return rule_page(request, db, form.refused({"version": (clash.code, clash.details)}), status=409)
    return see_other(f"/rules/{rule.id}#decision")


@router.post("/merger")
def merge(
    db: Db,
    actor: Changer,
    rule: TheRule,
    form: Annotated[Filled[MergerDraft], filled(MergerDraft, again=rule_page)],
) -> Response:
    into = queries.get(db, actor, form.draft.into_id)
    ruling.merge(db, rule, into, by=actor)
    return see_other(f"/rules/{into.id}")


@router.post("/notes/{note_id}/removal")
def part(db: Db, actor: Changer, rule: TheRule, note_id: str) -> Response:
    meeting.part(db, rule, note_id, by=actor)
    return see_other(f"/rules/{rule.id}#met")
