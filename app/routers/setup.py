from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import NotFound
from app.forms import Filled, blank, filled
from app.models import setup
from app.models.setup import SetupDraft
from app.models.user import setting_up, signing_in
from app.rendering import language_of, page, see_other
from app.routers.browsers import device_of, keeps_cookie, with_session
from app.routers.dependencies import Db, Public

router = APIRouter(prefix="/setup", dependencies=[Public], include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    if not setting_up.is_empty(db):
        raise NotFound
    return page(request, "setup/new.html", form=form, keeps_cookie=keeps_cookie(request))


@router.get("")
def new(request: Request, db: Db) -> Response:
    return form_page(request, db, blank())


@router.post("")
def create(
    request: Request, db: Db, form: Annotated[Filled[SetupDraft], filled(SetupDraft, again=form_page)]
) -> Response:
    user = setup.start(db, form.draft, language=language_of(request))
    token = signing_in.open_session(db, user, device=device_of(request))
    return with_session(see_other("/today"), token)
