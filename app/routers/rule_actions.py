"""What is done about a rule: raise an action on all that customers said, or link one that is there."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id, today
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import queries as actions
from app.models.action import ruling, under_goals
from app.models.action.schemas import ActionDraft
from app.models.rule import checking, queries
from app.models.rule.schemas import LinkDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheRule, may
from app.routers.rules import rule_page

router = APIRouter(prefix="/rules/{rule_id}", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


def raise_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    rule = queries.get(db, actor, request.path_params["rule_id"])
    place = queries.place_of(db, rule)
    return page(
        request,
        "rules/raise.html",
        nav="rules",
        form=form,
        rule=rule,
        spot=place,
        met=queries.met_by(db, rule.id) if actor.may(Permission.READ_NOTE, at=place.path) else [],
        people=actions.people_at(db, place),
        teams=actions.teams_at(db, place),
        goals=under_goals.to_choose(db, place),
        fresh_id=form.value("id") or new_id(),
        today=today(),
    )


@router.get("/actions/new")
def new(request: Request, db: Db, actor: Changer, rule: TheRule) -> Response:
    checking.require(actor, queries.place_of(db, rule))
    return raise_page(request, db, blank(room="own", kind="clear", owner_id=rule.owner_id or ""))


@router.post("/actions")
def create(
    db: Db,
    actor: Changer,
    rule: TheRule,
    form: Annotated[Filled[ActionDraft], filled(ActionDraft, again=raise_page)],
) -> Response:
    action = ruling.raise_about(db, rule, form.draft, by=actor)
    return see_other(f"/actions/{action.id}")


@router.post("/links")
def link(
    db: Db,
    actor: Changer,
    rule: TheRule,
    form: Annotated[Filled[LinkDraft], filled(LinkDraft, again=rule_page)],
) -> Response:
    ruling.link(db, rule, actions.get(db, actor, form.draft.action_id), by=actor)
    return see_other(f"/rules/{rule.id}#actions")


@router.post("/links/{action_id}/removal")
def unlink(db: Db, actor: Changer, rule: TheRule, action_id: str) -> Response:
    ruling.unlink(db, rule, action_id, by=actor)
    return see_other(f"/rules/{rule.id}#actions")
