"""Privacy as the organisation sets it: whom to write to, and how long what is kept."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import now
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.location import queries
from app.models.privacy import organising, overdue, telling, terms
from app.models.privacy.organising import OfficerDraft
from app.models.privacy.table import Kept
from app.models.privacy.terms import TermsDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may
from app.routers.privacy import link_to

router = APIRouter(prefix="/settings/privacy", include_in_schema=False)
Keeper = Annotated[Actor, may(Permission.MANAGE_PRIVACY)]
Confirmed = Annotated[Actor, may(Permission.MANAGE_PRIVACY, confirmed=True)]
AHEAD = timedelta(days=30)


@router.get("")
def index(request: Request, db: Db, actor: Keeper) -> Response:
    top = organising.top(db)
    return page(
        request,
        "settings/privacy/index.html",
        nav="settings",
        link=link_to(request, top),
        code=telling.code_of(top),
        officer=organising.officer(db),
    )


def officer_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(request, "settings/privacy/officer.html", nav="settings", form=form)


@router.get("/officer")
def officer(request: Request, db: Db, actor: Confirmed) -> Response:
    there = organising.officer(db)
    return officer_page(request, db, blank(name=there.name, email=there.email, phone=there.phone))


@router.post("/officer")
def appoint(
    db: Db, actor: Confirmed, form: Annotated[Filled[OfficerDraft], filled(OfficerDraft, again=officer_page)]
) -> Response:
    organising.appoint(db, form.draft, by=actor)
    return see_other("/settings/privacy")


@router.get("/retention")
def retention(request: Request, db: Db, actor: Keeper) -> Response:
    said = terms.rows(db)
    tree = queries.tree(db, actor, Permission.MANAGE_PRIVACY)
    return page(
        request,
        "settings/privacy/retention.html",
        nav="settings",
        tree=tree,
        own={place_id for place_id, _ in said},
        days={kind: terms.days_at(tree[0].path if tree else "", kind, said) for kind in Kept},
        today=overdue.forecast(db, now(), timedelta()),
        soon=overdue.forecast(db, now(), AHEAD),
    )


def terms_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    place = _place(request, db)
    here = terms.terms(db, place)
    if not form.values:
        form = blank(**{term.kind: str(term.days) for term in here if term.own})
    return page(request, "settings/privacy/terms.html", nav="settings", form=form, where=place, terms=here)


def _place(request: Request, db: Session) -> Any:
    return queries.get(db, asker(request), request.path_params["location_id"], Permission.MANAGE_PRIVACY)


@router.get("/retention/{location_id}")
def edit(request: Request, db: Db, actor: Confirmed, location_id: str) -> Response:
    return terms_page(request, db, blank())


@router.post("/retention/{location_id}")
def adjust(
    request: Request,
    db: Db,
    actor: Confirmed,
    location_id: str,
    form: Annotated[Filled[TermsDraft], filled(TermsDraft, again=terms_page)],
) -> Response:
    terms.adjust(db, _place(request, db), form.draft, by=actor)
    return see_other("/settings/privacy/retention")
