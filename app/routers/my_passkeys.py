"""My own passkeys."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.location.schemas import Nothing
from app.models.user import keying
from app.models.user.schemas import NewPasskey
from app.rendering import page, see_other
from app.routers.browsers import device_of, site_of
from app.routers.dependencies import TO_SET_UP, ConfirmedSelf, Db, SignedIn
from app.routers.me import show_page
from app.routers.passkeys import as_question

router = APIRouter(prefix="/me/passkeys", include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(request, "me/new_passkey.html", nav="me", form=form)


def list_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return show_page(request, db, passkeys=form)


@router.get("/new", dependencies=[TO_SET_UP])
def new(request: Request, db: Db, actor: ConfirmedSelf) -> Response:
    return form_page(request, db, blank(key_name=device_of(request)))


@router.get("/options", dependencies=[TO_SET_UP])
def question(request: Request, db: Db, actor: SignedIn) -> Response:
    return as_question(request, keying.question_for_new(db, site_of(request), by=actor))


@router.post("", dependencies=[TO_SET_UP])
def create(
    request: Request,
    db: Db,
    actor: ConfirmedSelf,
    form: Annotated[Filled[NewPasskey], filled(NewPasskey, again=form_page)],
) -> Response:
    keying.add(db, form.draft, site_of(request), by=actor)
    return see_other("/today" if actor.due else "/me?saved=passkey")


@router.post("/{passkey_id}/removal")
def remove(
    passkey_id: str,
    db: Db,
    actor: ConfirmedSelf,
    form: Annotated[Filled[Nothing], filled(Nothing, again=list_page)],
) -> Response:
    keying.remove(db, passkey_id, by=actor)
    return see_other("/me")
