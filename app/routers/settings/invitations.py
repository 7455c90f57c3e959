from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Permission
from app.models.location.queries import tree
from app.models.user import inviting, mailing
from app.models.user.schemas import InvitationDraft, InvitationToMail
from app.models.user.table import Invitation
from app.rendering import asker, language_of, page, see_other
from app.routers.browsers import public_address
from app.routers.dependencies import Db
from app.routers.drawing import drawn
from app.routers.settings.users import Inviter

router = APIRouter(prefix="/settings/invitations", include_in_schema=False)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    return page(
        request,
        "settings/invitations/new.html",
        nav="settings",
        form=form,
        roles=inviting.roles_to_give(actor),
        tree=tree(db, actor, Permission.INVITE),
    )


@router.get("/new")
def new(request: Request, db: Db, actor: Inviter) -> Response:
    return form_page(request, db, blank(role="teamlid"))


@router.post("")
def create(
    request: Request,
    db: Db,
    actor: Inviter,
    form: Annotated[Filled[InvitationDraft], filled(InvitationDraft, again=form_page)],
) -> Response:
    """Answers with the link itself: it is shown this once, and can be made anew."""
    invitation, token = inviting.invite(db, form.draft, by=actor)
    return shown(request, invitation, token)


def shown(request: Request, invitation: Invitation, token: str, *, mailed: bool = False) -> Response:
    return page(
        request,
        "settings/invitations/show.html",
        nav="settings",
        invitation=invitation,
        token=token,
        link=link_with(request, token),
        drawn=drawn(link_with(request, token)),
        mailed=mailed,
    )


def link_with(request: Request, token: str) -> str:
    return f"{public_address(request)}/invitations/{token}"


@router.post("/{invitation_id}/mail")
def mail(
    request: Request,
    invitation_id: str,
    db: Db,
    actor: Inviter,
    form: Annotated[Filled[InvitationToMail], filled(InvitationToMail, again=form_page)],
) -> Response:
    """Only from the page that still shows the link: the token is kept nowhere."""
    token = form.draft.token
    language = language_of(request)
    invitation = mailing.mail(
        db, invitation_id, token, link=link_with(request, token), by=actor, language=language
    )
    return shown(request, invitation, token, mailed=True)


@router.post("/{invitation_id}/removal")
def revoke(invitation_id: str, db: Db, actor: Inviter) -> Response:
    inviting.revoke(db, invitation_id, by=actor)
    return see_other("/settings/users")
