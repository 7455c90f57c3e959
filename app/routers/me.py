"""My own name, language, ways of signing in and devices."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import database
from app.forms import Filled, blank, filled
from app.models.access import Actor
from app.models.user import adjusting, identifying, keying, minding, queries
from app.models.user.schemas import PasswordChange, ProfileChanges
from app.recognising import asking
from app.rendering import asker, page, see_other
from app.routers.browsers import address_of, browser_of, without_session
from app.routers.dependencies import Db, SignedIn, just_confirmed
from app.routers.passwords import slowly

router = APIRouter(prefix="/me", include_in_schema=False)


def show_page(
    request: Request,
    db: Session,
    profile: Filled[Any] | None = None,
    password: Filled[Any] | None = None,
    passkeys: Filled[Any] | None = None,
) -> Response:
    actor = asker(request)
    return page(
        request,
        "me/show.html",
        nav="me",
        profile=profile or blank(name=actor.name, language=actor.language),
        password=password or blank(),
        passkeys=passkeys or blank(),
        keys=keying.of(db, actor.id),
        ways=minding.ways_of(db, actor.id),
        devices=queries.devices(db, actor),
        identities=identifying.linked(db, actor),
        saved=request.query_params.get("saved", ""),
    )


def profile_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return show_page(request, db, form)


def password_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return show_page(request, db, password=form)


@router.get("")
def show(request: Request, db: Db, actor: SignedIn) -> Response:
    return show_page(request, db)


@router.post("")
def change(
    db: Db,
    actor: SignedIn,
    form: Annotated[Filled[ProfileChanges], filled(ProfileChanges, again=profile_page)],
) -> Response:
    adjusting.change_profile(db, form.draft, by=actor)
    return see_other("/me?saved=profile")


async def _new_password(
    request: Request, form: Annotated[Filled[PasswordChange], filled(PasswordChange, again=password_page)]
) -> str:
    """The hash of the new password, once the old one fits: takes the turn to write only to count the try."""
    async with database().writing_in_turn() as db:
        actor = await run_in_threadpool(_tried, request, db, form)
    return await slowly(lambda: _judged(form.draft, actor))


def _tried(request: Request, db: Session, form: Filled[PasswordChange]) -> Actor:
    actor = asking(request, db)
    adjusting.try_password(
        db,
        form.draft,
        by=actor,
        address=address_of(request),
        browser=browser_of(request),
        confirmed=just_confirmed(request, actor),
    )
    return actor


def _judged(change: PasswordChange, actor: Actor) -> str:
    with database().reading() as db:
        return adjusting.judged(db, change, by=actor)


@router.post("/password")
def change_password(
    request: Request,
    hashed: Annotated[str, Depends(_new_password, scope="function")],
    db: Db,
    actor: SignedIn,
) -> Response:
    adjusting.change_password(db, hashed, by=actor, address=address_of(request), browser=browser_of(request))
    return see_other("/me?saved=password")


@router.post("/sessions/closure")
def end_others(db: Db, actor: SignedIn) -> Response:
    adjusting.end_others(db, by=actor)
    return see_other("/me?saved=sessions")


@router.post("/sessions/{session_id}/closure")
def end_device(session_id: str, db: Db, actor: SignedIn) -> Response:
    adjusting.end_device(db, session_id, by=actor)
    return without_session(see_other("/login")) if session_id == actor.session_id else see_other("/me")
