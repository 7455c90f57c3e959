"""Six digits by mail: to sign in without a password, or to show again that it is you."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import database
from app.errors import NotFound
from app.forms import Filled, blank, filled
from app.models.location.schemas import Nothing
from app.models.user import by_code, code_app, confirming, signing_in
from app.models.user.schemas import CodeRequest, MailedCodeGiven
from app.models.user.table import Way
from app.recognising import asking
from app.rendering import page, see_other
from app.routers import sealed_cookies
from app.routers.browsers import address_of, browser_of, keeps_cookie, own_path, with_session
from app.routers.dependencies import ALWAYS, Db, Glance, Public, SignedIn
from app.routers.entering import enter_or_ask_code
from app.routers.failing import note_failed
from app.settings import settings

router = APIRouter(prefix="/session", include_in_schema=False)
ASKED = "code"


def ask_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    _check_on()
    return page(request, "session/ask_code.html", form=form, keeps_cookie=keeps_cookie(request))


def type_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    _check_on()
    asked = _asked(request)
    return page(
        request, "session/type_code.html", form=form, email=asked["email"], confirms=asked["confirms"]
    )


@router.get("/code/new")
def new(request: Request, db: Db, actor: Glance, next: str = "") -> Response:
    return see_other(own_path(next)) if actor else ask_page(request, db, blank(next=own_path(next, "")))


@router.post("/code", dependencies=[Public])
def ask(
    request: Request, db: Db, form: Annotated[Filled[CodeRequest], filled(CodeRequest, again=ask_page)]
) -> Response:
    """The same answer whoever it is, and however often a known person was asked for."""
    _check_on()
    given = form.draft
    signing_in.knock(db, given.email, address_of(request), browser_of(request))
    return _sent(by_code.ask(db, given.email), given.email, given.next)


@router.post("/confirmation/code", dependencies=[ALWAYS])
def ask_to_confirm(
    request: Request, db: Db, actor: SignedIn, form: Annotated[Filled[Any], filled(Nothing, again=ask_page)]
) -> Response:
    _check_on()
    if code_app.is_on(db, actor.id):
        raise NotFound
    signing_in.knock(db, actor.email, address_of(request), browser_of(request))
    return _sent(by_code.ask(db, actor.email, by=actor), actor.email, form.value("next"), confirms=True)


@router.get("/code")
def show(request: Request, db: Db, actor: Glance) -> Response:
    return type_page(request, db, blank()) if sealed_cookies.opened(request, ASKED) else see_other("/login")


@router.post("/code/proof", dependencies=[Public, ALWAYS])
async def prove(
    request: Request, form: Annotated[Filled[MailedCodeGiven], filled(MailedCodeGiven, again=type_page)]
) -> Response:
    """A wrong code is an answer, not an error: the try stays counted."""
    given = form.draft
    async with database().writing_in_turn() as db:
        came = await run_in_threadpool(_judged, request, db, given.code)
    return await run_in_threadpool(_again, request, form) if came is None else came


def _judged(request: Request, db: Session, code: str) -> Response | None:
    asked, address = _asked(request), address_of(request)
    actor = asking(request, db) if asked["confirms"] else None
    signing_in.knock(db, asked["email"], address, browser_of(request))
    user = by_code.try_code(db, asked["browser"], code, by=actor)
    if user is None:
        note_failed(request, db, Way.MAIL_CODE, email=asked["email"], by=actor)
        return None
    if actor:
        token = confirming.confirm(db, by=actor, address=address, browser=browser_of(request))
        answer = with_session(see_other(asked["next"]), token)
    else:
        # The code is the first proof only: who has a second step takes it after this.
        answer = enter_or_ask_code(request, db, user, asked["next"], Way.MAIL_CODE)
    sealed_cookies.drop(answer, ASKED)
    return answer


def _again(request: Request, form: Filled[Any]) -> Response:
    with database().reading() as db:
        answer = type_page(request, db, form.refused({"code": ("code.wrong", {})}))
    answer.status_code = 422
    return answer


def _sent(browser: str, email: str, wanted: str, *, confirms: bool = False) -> Response:
    answer = see_other("/session/code")
    asked = {
        "browser": browser,
        "email": email,
        "next": own_path(wanted),
        "confirms": "yes" if confirms else "",
    }
    seconds = int(by_code.LASTS.total_seconds())
    sealed_cookies.put(answer, ASKED, sealed_cookies.sealed(ASKED, asked), seconds=seconds)
    return answer


def _asked(request: Request) -> dict[str, Any]:
    asked = sealed_cookies.opened(request, ASKED)
    if asked is None:
        raise NotFound("code.lost")
    return asked


def _check_on() -> None:
    if not settings().has_mail:
        raise NotFound
