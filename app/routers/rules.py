"""The kapmes register: what stands in customers' way, and the page of one rule."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id, today
from app.forms import Filled, blank, filled, from_address
from app.models.access import Actor, Permission
from app.models.action import ruling
from app.models.location.queries import places, tree
from app.models.rule import history, listing, naming, proposing, queries
from app.models.rule.filter import RuleFilter
from app.models.rule.schemas import RuleDraft
from app.models.rule.table import Rule
from app.models.user.working import people_at
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheRule, may

router = APIRouter(prefix="/rules", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]


@router.get("")
def index(request: Request, db: Db, actor: Reader) -> Response:
    form = from_address(RuleFilter, request.query_params)
    only = form.result or RuleFilter()
    return page(
        request,
        "rules/index.html",
        nav="rules",
        status=200 if form.result else 422,
        form=form,
        chosen=bool(only.chosen),
        register=listing.register(db, actor, only, today()),
        maybe=proposing.unnamed(db, actor, only.location) if actor.may(Permission.CHANGE_ACTION) else [],
        places=tree(db, actor, Permission.READ_BOARD),
    )


def new_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(
        request,
        "rules/new.html",
        nav="rules",
        form=form,
        places=places(db, asker(request), Permission.CHANGE_ACTION),
        fresh_id=form.value("id") or new_id(),
    )


@router.get("/new")
def new(request: Request, db: Db, actor: Changer) -> Response:
    return new_page(request, db, blank(kind="rule", location_id=request.query_params.get("location", "")))


@router.post("")
def create(
    db: Db, actor: Changer, form: Annotated[Filled[RuleDraft], filled(RuleDraft, again=new_page)]
) -> Response:
    rule = naming.name(db, form.draft, by=actor)
    return see_other(f"/rules/{rule.id}")


@router.get("/{rule_id}")
def show(request: Request, db: Db, actor: Reader, rule: TheRule) -> Response:
    if rule.merged_into_id:
        return see_other(f"/rules/{rule.merged_into_id}")
    return rule_page(request, db, blank())


def rule_page(request: Request, db: Session, form: Filled[Any], *, status: int = 200) -> Response:
    """`form` is that of whatever was refused on this page; the decision shows as it is where it says nothing else."""
    actor = asker(request)
    rule = queries.get(db, actor, request.path_params["rule_id"])
    place = queries.place_of(db, rule)
    may_read_notes = actor.may(Permission.READ_NOTE, at=place.path)
    changeable = actor.may(Permission.CHANGE_ACTION, at=place.path)
    return page(
        request,
        "rules/show.html",
        status=status,
        nav="rules",
        form=replace(form, values={**_decided(rule), **form.values}),
        row=listing.rows_of(db, [rule])[0],
        people={person.id: person.name for person in people_at(db, place)},
        met=queries.met_by(db, rule.id) if may_read_notes else [],
        may_read_notes=may_read_notes,
        changeable=changeable,
        actions=ruling.actions_of(db, actor, rule.id),
        to_link=ruling.to_link(db, rule) if changeable else [],
        others=[one for one in queries.at(db, rule.location_id) if one.id != rule.id] if changeable else [],
        events=history.history(db, rule),
        today=today(),
    )


def _decided(rule: Rule) -> dict[str, Any]:
    """A day that has come is left out: saving says that somebody looked again."""
    ahead = rule.look_again_on if rule.look_again_on and rule.look_again_on > today() else ""
    return {
        "decision": rule.decision.value,
        "reason": rule.reason,
        "look_again_on": ahead,
        "version": rule.version,
    }
