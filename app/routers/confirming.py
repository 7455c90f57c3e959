"""Step-up: "bevestig dat jij het bent", before what touches other people's data or rights."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import database
from app.errors import Invalid
from app.forms import Filled, blank, filled
from app.models.access import Actor
from app.models.user import confirming, identifying, minding, signing_in
from app.models.user.schemas import Confirmation
from app.models.user.table import Way
from app.recognising import asking
from app.rendering import asker, page, see_other
from app.routers.browsers import address_of, browser_of, own_path, with_session
from app.routers.dependencies import ALWAYS, Db, SignedIn
from app.routers.failing import note_failed, refuse
from app.routers.passwords import slowly

router = APIRouter(prefix="/session/confirmation", include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    linked = identifying.linked(db, actor)
    ways = minding.ways_of(db, actor.id)
    return page(request, "session/confirm.html", form=form, ways=ways, linked=bool(linked))


@router.get("", dependencies=[ALWAYS])
def new(request: Request, db: Db, actor: SignedIn, next: str = "") -> Response:
    return form_page(request, db, blank(next=own_path(next, "")))


async def _proven(
    request: Request, form: Annotated[Filled[Confirmation], filled(Confirmation, again=form_page)]
) -> Confirmation:
    """As at sign-in: the turn to write only to count the try, not for the slow part."""
    async with database().writing_in_turn() as db:
        actor = await run_in_threadpool(_tried, request, db)
    if not await slowly(lambda: _judge(form.draft.password, actor)):
        async with database().writing_in_turn() as db:
            await run_in_threadpool(note_failed, request, db, Way.PASSWORD, email=actor.email, by=actor)
        raise Invalid({"password": "user.wrong_password"})
    return form.draft


def _tried(request: Request, db: Session) -> Actor:
    actor = asking(request, db)
    signing_in.knock(db, actor.email, address_of(request), browser_of(request))
    return actor


def _judge(password: str, actor: Actor) -> bool:
    with database().reading() as db:
        return confirming.judge(db, password, by=actor)


@router.post("", dependencies=[ALWAYS])
def create(
    request: Request,
    given: Annotated[Confirmation, Depends(_proven, scope="function")],
    db: Db,
    actor: SignedIn,
) -> Response:
    try:
        strong = confirming.check_code(db, given.code, by=actor)
    except Invalid as wrong:
        return refuse(request, db, form_page, wrong, Way.PASSWORD_AND_CODE, email=actor.email, by=actor)
    here = {"address": address_of(request), "browser": browser_of(request)}
    token = confirming.confirm(db, by=actor, **here, strong=strong)
    return with_session(see_other(own_path(given.next)), token)
