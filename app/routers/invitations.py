from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import database
from app.errors import Forbidden
from app.forms import Filled, blank, filled
from app.models.location.schemas import Nothing
from app.models.user import inviting
from app.models.user.schemas import AcceptanceDraft
from app.models.user.setting_up import hashed_password
from app.recognising import recognised
from app.rendering import actor_of, language_of, page, see_other
from app.routers.browsers import device_of, keeps_cookie
from app.routers.dependencies import Db, Glance
from app.routers.entering import enter
from app.routers.passwords import slowly

router = APIRouter(prefix="/invitations/{token}", include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    """Who has an account confirms with it; anybody else makes one here."""
    invited = inviting.by_token(db, request.path_params["token"])
    if "name" not in form.values:
        form = blank(name=invited.invitation.name)
    actor = actor_of(request)
    return page(
        request,
        "invitations/show.html",
        form=form,
        invited=invited,
        mine=bool(actor and actor.email == invited.invitation.email),
        device=device_of(request) or "Klantsafari",
        keeps_cookie=keeps_cookie(request),
    )


@router.get("")
def show(request: Request, db: Db, actor: Glance) -> Response:
    return form_page(request, db, blank())


Form = Annotated[Filled[AcceptanceDraft], filled(AcceptanceDraft, again=form_page)]


async def _hashed(request: Request, token: str, form: Form) -> str:
    """Slow, so before the turn to write; and only for who holds a link that counts."""
    async with database().reading_in_turn() as db:
        email = await run_in_threadpool(_invited, request, db, token)
    draft = form.draft
    return await slowly(lambda: hashed_password(draft.password, email))


def _invited(request: Request, db: Session, token: str) -> str:
    request.state.actor, _ = recognised(request, db)
    return inviting.newcomer(db, token).invitation.email


@router.post("/acceptance")
def accept(
    request: Request,
    form: Form,
    hashed: Annotated[str, Depends(_hashed, scope="function")],
    db: Db,
    actor: Glance,
    token: str,
) -> Response:
    user = inviting.accept_as_new(db, token, form.draft.name, hashed=hashed, language=language_of(request))
    return enter(request, db, user, "/today")


@router.post("/membership")
def join(
    db: Db, actor: Glance, token: str, form: Annotated[Filled[Nothing], filled(Nothing, again=form_page)]
) -> Response:
    """For somebody who already has an account, and proves it by being signed in with it."""
    if actor is None:
        raise Forbidden("invitation.sign_in_first")
    inviting.accept(db, token, by=actor)
    return see_other("/today")
