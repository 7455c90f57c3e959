from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import database
from app.errors import NotFound
from app.forms import Filled, blank, filled
from app.models import setup
from app.models.setup import SetupDraft
from app.models.user import setting_up
from app.rendering import language_of, page
from app.routers.browsers import keeps_cookie
from app.routers.dependencies import Db, Public
from app.routers.entering import enter
from app.routers.passwords import slowly

router = APIRouter(prefix="/setup", dependencies=[Public], include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    if not setting_up.is_empty(db):
        raise NotFound
    return page(request, "setup/new.html", form=form, keeps_cookie=keeps_cookie(request))


@router.get("")
def new(request: Request, db: Db) -> Response:
    return form_page(request, db, blank())


Form = Annotated[Filled[SetupDraft], filled(SetupDraft, again=form_page)]


async def _hashed(form: Form) -> str:
    """Slow, so before the turn to write; and only for the first."""
    draft = form.draft
    async with database().reading_in_turn() as db:
        if not await run_in_threadpool(setting_up.is_empty, db):
            raise NotFound
    return await slowly(lambda: setting_up.hashed_password(draft.password, draft.email))


@router.post("")
def create(
    request: Request, form: Form, hashed: Annotated[str, Depends(_hashed, scope="function")], db: Db
) -> Response:
    user = setup.start(db, form.draft, hashed=hashed, language=language_of(request))
    return enter(request, db, user, "/today")
