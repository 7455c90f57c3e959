"""The door: where a visitor begins, signs in and signs out."""

from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.database import database
from app.forms import Filled, blank, filled
from app.models.user import setting_up, signing_in
from app.models.user.schemas import Credentials
from app.models.user.table import User, Way
from app.recognising import COOKIE
from app.rendering import page, see_other
from app.routers.browsers import address_of, browser_of, keeps_cookie, own_path, without_session
from app.routers.dependencies import ALWAYS, Db, Glance, Public, SignedIn
from app.routers.entering import enter_or_ask_code
from app.routers.failing import note_failed
from app.routers.passwords import slowly

router = APIRouter(include_in_schema=False)


@router.get("/")
def begin(db: Db, actor: Glance) -> Response:
    if actor:
        return see_other("/today")
    return see_other("/setup" if setting_up.is_empty(db) else "/login")


def form_page(request: Request, db: Session | None, form: Filled[Any]) -> Response:
    return page(request, "session/new.html", form=form, keeps_cookie=keeps_cookie(request))


@router.get("/login")
def new(request: Request, db: Db, actor: Glance, next: str = "") -> Response:
    if actor:
        return see_other(own_path(next))
    return form_page(request, db, blank(next=own_path(next, "")))


@router.post("/login", dependencies=[Public])
async def create(
    request: Request, form: Annotated[Filled[Credentials], filled(Credentials, again=form_page)]
) -> Response:
    """Takes the turn to write only before and after the slow part, checking the password."""
    given, address = form.draft, address_of(request)
    async with database().writing_in_turn() as db:
        await to_thread.run_sync(signing_in.knock, db, given.email, address, browser_of(request))
    user = await slowly(lambda: _judge(given))
    if user is None:
        async with database().writing_in_turn() as db:
            await to_thread.run_sync(lambda: note_failed(request, db, Way.PASSWORD, email=given.email))
        refused = form.refused({"password": ("user.wrong_credentials", {})})
        answer = await to_thread.run_sync(form_page, request, None, refused)
        answer.status_code = 422
        return answer
    async with database().writing_in_turn() as db:
        return await to_thread.run_sync(
            enter_or_ask_code, request, db, user, own_path(given.next), Way.PASSWORD
        )


@router.post("/session/closure", dependencies=[ALWAYS])
def close(request: Request, db: Db, actor: SignedIn) -> Response:
    """Clears what the browser kept of our pages, not the outbox with notes that were not sent yet."""
    if token := request.cookies.get(COOKIE):
        signing_in.end_session(db, token)
    answer = without_session(see_other("/login"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _judge(given: Credentials) -> User | None:
    with database().reading() as db:
        return signing_in.judge(db, given)
