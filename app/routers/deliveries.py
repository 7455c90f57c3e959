"""Niet aangekomen: what a phone said it holds and never brought, until it comes or a person says it will not."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.delivery import announcing, queries
from app.models.delivery.schemas import Settlement
from app.models.safari import queries as safaris
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, SignedIn

router = APIRouter(prefix="/deliveries", include_in_schema=False)


@router.get("")
def index(request: Request, db: Db, actor: SignedIn, safari: str = "") -> Response:
    return page(
        request,
        "deliveries/index.html",
        nav="me",
        outing=safaris.outing(db, safaris.get(db, actor, safari)) if safari else None,
        waiting=queries.waiting(db, actor, safari_id=safari),
        total=queries.count(db, actor, safari_id=safari),
    )


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    one = queries.get(db, asker(request), request.path_params["announced_id"])
    return page(request, "deliveries/show.html", nav="me", one=one, form=form)


@router.get("/{announced_id}")
def show(request: Request, db: Db, actor: SignedIn, announced_id: str) -> Response:
    return form_page(request, db, blank())


@router.post("/{announced_id}/settlement")
def settle(
    db: Db,
    actor: SignedIn,
    announced_id: str,
    form: Annotated[Filled[Settlement], filled(Settlement, again=form_page)],
) -> Response:
    announcing.settle(db, announced_id, form.draft, by=actor)
    return see_other("/deliveries")
