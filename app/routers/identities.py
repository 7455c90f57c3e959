"""My own account at the organisation's sign-in."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.forms import Filled, filled
from app.models.location.schemas import Nothing
from app.models.user import identifying
from app.rendering import see_other
from app.routers.dependencies import ConfirmedSelf, Db
from app.routers.me import profile_page

router = APIRouter(prefix="/me/identities", include_in_schema=False)


@router.post("/{identity_id}/removal")
def unlink(
    identity_id: str,
    db: Db,
    actor: ConfirmedSelf,
    form: Annotated[Filled[Nothing], filled(Nothing, again=profile_page)],
) -> Response:
    identifying.unlink(db, identity_id, by=actor)
    return see_other("/me")
