"""How people come in, and how the mail goes: what is set, and when it last worked."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.location.schemas import Nothing
from app.models.mail import queries as mail
from app.models.user import claimed_roles, forcing, identifying, mailing
from app.models.user.schemas import ForcedRoles
from app.rendering import asker, page, see_other
from app.routers.browsers import public_address
from app.routers.dependencies import Db, may
from app.settings import settings

router = APIRouter(prefix="/settings/sign-in", include_in_schema=False)
Confirmed = Annotated[Actor, may(Permission.MANAGE_PEOPLE, confirmed=True)]


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    typed = "roles" in form.values or form.error("roles")
    return page(
        request,
        "settings/sign_in/show.html",
        nav="settings",
        form=form,
        issuer=settings().oidc_issuer,
        back=f"{public_address(request)}/session/sso/answer",
        second=form if typed else blank(roles=sorted(forcing.roles(db))),
        without=forcing.without(db),
        sso_strong=settings().oidc_second_factor,
        saved=request.query_params.get("saved", ""),
        sso_report=identifying.report(db, actor),
        unknown_places=claimed_roles.unknown_places(db),
        mail_from=settings().mail_from,
        mail_report=mail.report(db, actor),
        queued=request.query_params.get("mail") == "queued",
    )


@router.get("")
def show(request: Request, db: Db, actor: Confirmed) -> Response:
    return form_page(request, db, blank())


@router.post("/second-factor")
def force(
    db: Db, actor: Confirmed, form: Annotated[Filled[ForcedRoles], filled(ForcedRoles, again=form_page)]
) -> Response:
    forcing.force(db, form.draft, by=actor)
    return see_other("/settings/sign-in?saved=second-factor#second-factor")


@router.post("/trial-mail")
def try_mail(
    db: Db, actor: Confirmed, form: Annotated[Filled[Nothing], filled(Nothing, again=form_page)]
) -> Response:
    mailing.mail_trial(db, by=actor)
    return see_other("/settings/sign-in?mail=queued")
