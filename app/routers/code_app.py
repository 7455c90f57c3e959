"""Setting up the second step: scan, type one code, keep the spare ones."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Conflict
from app.forms import Filled, blank, filled
from app.models.location.schemas import Nothing
from app.models.user import code_app
from app.models.user.schemas import CodeAppDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import TO_SET_UP, ConfirmedSelf, Db
from app.routers.drawing import drawn
from app.routers.my_passkeys import list_page

router = APIRouter(prefix="/me/code-app", include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    if code_app.is_on(db, actor.id):
        raise Conflict("code_app.on_already")
    # The same secret again after a wrong code: it is in the person's app by then.
    offer = code_app.offered(form.value("sealed"), by=actor) or code_app.offer(by=actor)
    return page(request, "me/new_code_app.html", nav="me", form=form, offer=offer, drawn=drawn(offer.address))


@router.get("/new", dependencies=[TO_SET_UP])
def new(request: Request, db: Db, actor: ConfirmedSelf) -> Response:
    return form_page(request, db, blank())


@router.post("", dependencies=[TO_SET_UP])
def create(
    request: Request,
    db: Db,
    actor: ConfirmedSelf,
    form: Annotated[Filled[CodeAppDraft], filled(CodeAppDraft, again=form_page)],
) -> Response:
    """Answers with the spare codes themselves: they are shown this once."""
    codes = code_app.turn_on(db, form.draft, by=actor)
    return page(
        request, "me/spare_codes.html", nav="me", codes=codes, onward="/today" if actor.due else "/me"
    )


@router.post("/removal")
def remove(
    db: Db, actor: ConfirmedSelf, form: Annotated[Filled[Nothing], filled(Nothing, again=list_page)]
) -> Response:
    code_app.turn_off(db, by=actor)
    return see_other("/me?saved=code-app-off")
