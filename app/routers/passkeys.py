"""Coming in with a passkey, or showing with one that it is still you. The browser fills the form."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from app.database import database
from app.errors import Invalid
from app.forms import Filled, filled
from app.models.user import confirming, keying, signing_in
from app.models.user.schemas import PasskeyProof
from app.models.user.table import Way
from app.rendering import see_other
from app.routers import confirming as confirmation
from app.routers import session
from app.routers.browsers import address_of, browser_of, own_path, site_of, with_browser, with_session
from app.routers.dependencies import ALWAYS, Db, Glance, Public, SignedIn
from app.routers.entering import enter
from app.routers.failing import refuse

router = APIRouter(prefix="/session", include_in_schema=False)


def as_question(request: Request, asked: dict[str, Any]) -> Response:
    return with_browser(request, JSONResponse(asked))


@router.get("/passkey/options")
def question(request: Request, db: Db, actor: Glance) -> Response:
    """What the browser is to sign: nothing is kept of it, and it says nothing of who has an account."""
    return as_question(request, keying.question(db, site_of(request), by=actor))


async def _counted(request: Request) -> None:
    """In a turn of its own, so that a wrong answer stays counted."""
    async with database().writing_in_turn() as db:
        await run_in_threadpool(_knock, db, request)


def _knock(db: Session, request: Request) -> None:
    signing_in.knock(db, "", address_of(request), browser_of(request), kind="passkey")


def _forget(db: Session, request: Request) -> None:
    signing_in.forget(db, "", address_of(request), browser_of(request), kind="passkey")


Counted = Depends(_counted, scope="function")
ToSignIn = Annotated[Filled[PasskeyProof], filled(PasskeyProof, again=session.form_page)]
ToConfirm = Annotated[Filled[PasskeyProof], filled(PasskeyProof, again=confirmation.form_page)]


@router.post("/passkey", dependencies=[Public, Counted])
def create(request: Request, form: ToSignIn, db: Db) -> Response:
    given = form.draft
    try:
        user = keying.judge(db, given, site_of(request), by=None)
    except Invalid as wrong:
        return refuse(request, db, session.form_page, wrong, Way.PASSKEY, email="", kind="passkey")
    _forget(db, request)
    return enter(request, db, user, own_path(form.draft.next), Way.PASSKEY, strong=True)


@router.post("/confirmation/passkey", dependencies=[ALWAYS, Counted])
def confirm(request: Request, db: Db, actor: SignedIn, form: ToConfirm) -> Response:
    given, whose = form.draft, actor.email
    try:
        keying.judge(db, given, site_of(request), by=actor)
    except Invalid as wrong:
        again = confirmation.form_page
        return refuse(request, db, again, wrong, Way.PASSKEY, email=whose, kind="passkey", by=actor)
    _forget(db, request)
    here = {"address": address_of(request), "browser": browser_of(request)}
    token = confirming.confirm(db, by=actor, **here, strong=True)
    return with_session(see_other(own_path(form.draft.next)), token)
