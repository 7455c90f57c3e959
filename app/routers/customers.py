"""For customers: their own private link, and the page of a place. No account, no cookie, no script."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models import erasing
from app.models.location.schemas import Nothing
from app.models.promise import publishing, visiting
from app.models.promise.schemas import AnswerDraft
from app.rendering import page, see_other
from app.routers.customer_links import base_of, drawn
from app.routers.dependencies import Db, Public

router = APIRouter(include_in_schema=False, dependencies=[Public])


def visit_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    """`form` holds what was refused; the address says about which action."""
    link = request.path_params["link"]
    asked = request.path_params.get("action_id", "")
    found = visiting.visit(db, link)
    return page(request, "customers/visit.html", form=form, asked=asked, visit=found, token=link)


Answer = Annotated[Filled[AnswerDraft], filled(AnswerDraft, again=visit_page)]


@router.get("/u/{link}")
def show(request: Request, db: Db, link: str) -> Response:
    return visit_page(request, db, blank())


@router.post("/u/{link}/answer")
def say(db: Db, link: str, form: Answer) -> Response:
    visiting.answer(db, link, None, form.draft)
    return see_other(f"/u/{link}?thanks=1#word")


@router.post("/u/{link}/actions/{action_id}/answer")
def judge(db: Db, link: str, action_id: str, form: Answer) -> Response:
    visiting.answer(db, link, action_id, form.draft)
    return see_other(f"/u/{link}?thanks=1#action-{action_id}")


@router.get("/u/{link}/withdrawal")
def ask(request: Request, db: Db, link: str) -> Response:
    return withdrawal_page(request, db, blank())


def withdrawal_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    link = request.path_params["link"]
    visiting.by_token(db, link)
    return page(request, "customers/withdrawal.html", token=link)


@router.post("/u/{link}/withdrawal")
def withdraw(
    request: Request,
    db: Db,
    link: str,
    form: Annotated[Filled[Nothing], filled(Nothing, again=withdrawal_page)],
) -> Response:
    """All of it, at once: the link goes too, so that the answer itself says that it is done."""
    erasing.erase(db, visiting.by_token(db, link, lock=True), by=None, reason="customer.withdrew")
    return page(request, "customers/withdrawn.html")


@router.get("/p/{slug}")
def place(request: Request, db: Db, slug: str) -> Response:
    found = publishing.public_page(db, slug)
    return page(request, "customers/place.html", found=found)


@router.get("/p/{slug}/poster")
def poster(request: Request, db: Db, slug: str) -> Response:
    """To print and hang up: A4, with the address as a QR code."""
    found = publishing.public_page(db, slug)
    address = f"{base_of(request)}/p/{slug}"
    return page(request, "customers/poster.html", found=found, address=address, code=drawn(address))
