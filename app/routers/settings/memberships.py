from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.forms import Filled, filled
from app.models.location.schemas import Nothing
from app.models.user import managing
from app.models.user.schemas import MembershipDraft
from app.rendering import see_other
from app.routers.dependencies import Db
from app.routers.settings.users import Manager, person_here, show_page

router = APIRouter(prefix="/settings/users/{user_id}/memberships", include_in_schema=False)


@router.post("")
def grant(
    request: Request,
    db: Db,
    actor: Manager,
    form: Annotated[Filled[MembershipDraft], filled(MembershipDraft, again=show_page)],
) -> Response:
    person = person_here(request, db)
    managing.grant(db, person, form.draft, by=actor)
    return see_other(f"/settings/users/{person.user.id}")


@router.post("/{membership_id}/removal")
def withdraw(
    request: Request,
    membership_id: str,
    db: Db,
    actor: Manager,
    form: Annotated[Filled[Nothing], filled(Nothing, again=show_page)],
) -> Response:
    person = person_here(request, db)
    managing.withdraw(db, person, membership_id, by=actor)
    return see_other("/today" if person.user.id == actor.id else f"/settings/users/{person.user.id}")
