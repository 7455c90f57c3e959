from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.proposal import adjusting
from app.models.proposal.schemas import ProposalRules
from app.rendering import page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/settings/proposals", include_in_schema=False)
Manager = Annotated[Actor, may(Permission.INVITE)]


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(request, "settings/proposals/show.html", nav="settings", form=form)


@router.get("")
def show(request: Request, db: Db, actor: Manager) -> Response:
    return form_page(request, db, blank(**adjusting.rules(db).model_dump()))


@router.post("")
def change(
    db: Db,
    actor: Manager,
    form: Annotated[Filled[ProposalRules], filled(ProposalRules, again=form_page)],
) -> Response:
    adjusting.adjust(db, form.draft, by=actor)
    return see_other("/settings")
