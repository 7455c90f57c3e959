"""The code after the password. Who stands here is not signed in yet, and sees nothing of the account."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import database
from app.errors import Invalid, NotSignedIn
from app.forms import Filled, blank, filled
from app.models.user import half_in, signing_in
from app.models.user.schemas import CodeGiven
from app.models.user.table import Way
from app.rendering import page
from app.routers.browsers import address_of, browser_of
from app.routers.dependencies import Db, Public
from app.routers.entering import HALF_IN, enter
from app.routers.failing import refuse

router = APIRouter(prefix="/session/second-step", include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    if _who(request, db) is None:
        raise NotSignedIn
    return page(request, "session/second_step.html", form=form)


@router.get("", dependencies=[Public])
def new(request: Request, db: Db) -> Response:
    return form_page(request, db, blank())


async def _counted(
    request: Request, form: Annotated[Filled[CodeGiven], filled(CodeGiven, again=form_page)]
) -> str:
    """In a turn of its own, so that a wrong code stays counted."""
    code = form.draft.code
    async with database().writing_in_turn() as db:
        await run_in_threadpool(_tried, request, db)
    return code


def _tried(request: Request, db: Session) -> None:
    if waiting := _who(request, db):
        email = waiting.user.email
        signing_in.knock(db, email, address_of(request), browser_of(request), kind="code")


@router.post("", dependencies=[Public])
def create(request: Request, code: Annotated[str, Depends(_counted, scope="function")], db: Db) -> Response:
    waiting = _who(request, db)
    if waiting is None:
        raise NotSignedIn
    user = waiting.user
    if not half_in.fits(db, user, code):
        wrong = Invalid({"code": "code_app.wrong"})
        way, whose = Way.PASSWORD_AND_CODE, user.email
        return refuse(request, db, form_page, wrong, way, email=whose, kind="code")
    signing_in.forget(db, user.email, address_of(request), browser_of(request), kind="code")
    return enter(request, db, user, waiting.wanted, waiting.way, proven_at=waiting.proven_at, strong=True)


def _who(request: Request, db: Session) -> half_in.HalfIn | None:
    return half_in.who(db, request.cookies.get(HALF_IN, ""), browser_of(request))
