"""What several customers say alike, and what people make of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id, today
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import queries as actions
from app.models.action import under_goals
from app.models.location.queries import places
from app.models.proposal import deciding, queries
from app.models.proposal.adjusting import rules
from app.models.proposal.schemas import AcceptanceDraft, ExclusionDraft, MergerDraft, RejectionDraft
from app.rendering import asker, fragment, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/proposals", include_in_schema=False)

Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]
LIST = "/proposals"
SHOWN = 30


@router.get("")
def index(
    request: Request, db: Db, actor: Changer, location: Annotated[str, Query(max_length=36)] = ""
) -> Response:
    found = queries.offers(db, actor, location or None)
    return page(
        request,
        "proposals/index.html",
        nav="proposals",
        offers=found,
        shown=SHOWN,
        places=places(db, actor, Permission.CHANGE_ACTION),
        location=location,
        rules=rules(db),
        form=blank(),
    )


@router.get("/waiting")
def waiting(request: Request, db: Db, actor: Changer) -> Response:
    """How many are open; asked by *Vandaag* once it is shown, since they are worked out at every look."""
    return fragment(request, "proposals/_waiting.html", count=len(queries.offers(db, actor).open))


def show_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    offer = queries.get(db, asker(request), request.path_params["proposal_key"])
    if "title" not in form.values:
        chosen = {"title": offer.title, "kind": offer.kind, "room": "own", "quotes": offer.picks}
        form = Filled(values={**chosen, **form.values}, faults=form.faults)
    return page(
        request,
        "proposals/show.html",
        nav="proposals",
        form=form,
        offer=offer,
        people=actions.people_at(db, offer.place),
        teams=actions.teams_at(db, offer.place),
        goals=under_goals.to_choose(db, offer.place),
        open_actions=actions.open_at(db, offer.place.id),
        fresh_id=form.value("id") or new_id(),
        today=today(),
    )


@router.get("/{proposal_key}")
def show(request: Request, db: Db, actor: Changer) -> Response:
    return show_page(request, db, blank())


@router.post("/{proposal_key}/acceptance")
def accept(
    db: Db,
    actor: Changer,
    proposal_key: str,
    form: Annotated[Filled[AcceptanceDraft], filled(AcceptanceDraft, again=show_page)],
) -> Response:
    action = deciding.accept(db, proposal_key, form.draft, by=actor)
    return see_other(f"/actions/{action.id}")


@router.post("/{proposal_key}/merger")
def merge(
    db: Db,
    actor: Changer,
    proposal_key: str,
    form: Annotated[Filled[MergerDraft], filled(MergerDraft, again=show_page)],
) -> Response:
    """Its words under an action that is already there; the form names the action."""
    action = deciding.merge(db, proposal_key, form.draft, by=actor)
    return see_other(f"/actions/{action.id}")


@router.post("/{proposal_key}/rejection")
def refuse(
    db: Db,
    actor: Changer,
    proposal_key: str,
    form: Annotated[Filled[RejectionDraft], filled(RejectionDraft, again=show_page)],
) -> Response:
    deciding.refuse(db, proposal_key, form.draft.reason, by=actor)
    return see_other(LIST)


@router.post("/{proposal_key}/exclusion")
def exclude(db: Db, actor: Changer, proposal_key: str, sent: Annotated[ExclusionDraft, Form()]) -> Response:
    """One sentence does not belong to the action that it was offered to."""
    action = deciding.exclude(db, proposal_key, sent.action_id, by=actor)
    return see_other(f"/actions/{action.id}")


@router.post("/{proposal_key}/reconsideration")
def reconsider(db: Db, actor: Changer, proposal_key: str) -> Response:
    deciding.reconsider(db, proposal_key, by=actor)
    return see_other(LIST)
