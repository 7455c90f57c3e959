"""Who is invited may bring a passkey instead of a password."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.forms import Filled, filled
from app.models.user import inviting, keying
from app.models.user.schemas import InvitedPasskey
from app.models.user.table import Way
from app.rendering import language_of
from app.routers.browsers import site_of
from app.routers.dependencies import Db, Glance
from app.routers.entering import enter
from app.routers.invitations import form_page
from app.routers.passkeys import as_question

router = APIRouter(prefix="/invitations/{token}/passkey", include_in_schema=False)


@router.get("/options")
def question(request: Request, db: Db, actor: Glance, token: str) -> Response:
    invitation = inviting.newcomer(db, token).invitation
    asked = keying.question_for_invited(site_of(request), token, email=invitation.email, name=invitation.name)
    return as_question(request, asked)


@router.post("")
def accept(
    request: Request,
    db: Db,
    actor: Glance,
    token: str,
    form: Annotated[Filled[InvitedPasskey], filled(InvitedPasskey, again=form_page)],
) -> Response:
    given, site = form.draft, site_of(request)
    user = inviting.accept_as_new(
        db,
        token,
        given.name,
        hashed=None,
        language=language_of(request),
        known_as=keying.promised_id(given, site, token),
    )
    keying.add_for_invited(db, given, site, token, user)
    return enter(request, db, user, "/today", Way.PASSKEY, strong=True)
