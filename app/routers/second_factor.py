"""Who must come in with a second factor and did not: makes one, or shows the one they have. Nothing else is open."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import database
from app.errors import Invalid
from app.forms import Filled, blank, filled
from app.models.user import confirming, half_in, identifying, minding, signing_in
from app.models.user.schemas import CodeGiven
from app.models.user.table import User, Way
from app.recognising import asking
from app.rendering import asker, page, see_other
from app.routers.browsers import address_of, browser_of, own_path, with_session
from app.routers.dependencies import ALWAYS, Db, SignedIn
from app.routers.failing import refuse

router = APIRouter(prefix="/second-factor", include_in_schema=False, dependencies=[ALWAYS])


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    ways, linked = minding.ways_of(db, actor.id), bool(identifying.linked(db, actor))
    template = "choose" if actor.due and not actor.due.has_one else "show"
    return page(request, f"second_factor/{template}.html", form=form, ways=ways, linked=linked)


@router.get("")
def show(request: Request, db: Db, actor: SignedIn, next: str = "") -> Response:
    if actor.due is None:
        return see_other(own_path(next))
    return form_page(request, db, blank(next=own_path(next, "")))


async def _counted(
    request: Request, form: Annotated[Filled[CodeGiven], filled(CodeGiven, again=form_page)]
) -> str:
    """In a turn of its own, so that a wrong code stays counted."""
    async with database().writing_in_turn() as db:
        await run_in_threadpool(_tried, request, db)
    return form.draft.code


def _tried(request: Request, db: Session) -> None:
    actor = asking(request, db)
    signing_in.knock(db, actor.email, address_of(request), browser_of(request), kind="code")


@router.post("/proof")
def prove(
    request: Request, code: Annotated[str, Depends(_counted, scope="function")], db: Db, actor: SignedIn
) -> Response:
    """The code from the app, in a session that was there before it was asked."""
    if not half_in.fits(db, db.get_one(User, actor.id), code):
        wrong = Invalid({"code": "code_app.wrong"})
        way, whose = Way.PASSWORD_AND_CODE, actor.email
        return refuse(request, db, form_page, wrong, way, email=whose, kind="code", by=actor)
    here = {"address": address_of(request), "browser": browser_of(request)}
    signing_in.forget(db, actor.email, **here, kind="code")
    token = confirming.confirm(db, by=actor, **here, strong=True)
    return with_session(see_other(own_path(request.state.form.value("next"))), token)
