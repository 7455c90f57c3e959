from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Permission
from app.models.location.queries import tree
from app.models.user import inviting
from app.models.user.schemas import InvitationDraft
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db
from app.routers.drawing import drawn
from app.routers.settings.users import Inviter
from app.settings import settings

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
    base = settings().base_url or str(request.base_url)
    link = f"{base.rstrip('/')}/invitations/{token}"
    return page(
        request,
        "settings/invitations/show.html",
        nav="settings",
        invitation=invitation,
        link=link,
        drawn=drawn(link),
    )


@router.post("/{invitation_id}/removal")
def revoke(invitation_id: str, db: Db, actor: Inviter) -> Response:
    inviting.revoke(db, invitation_id, by=actor)
    return see_other("/settings/users")
