from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.models.access import Actor, Permission
from app.rendering import page
from app.routers.dependencies import may

router = APIRouter(prefix="/settings", include_in_schema=False)


@router.get("")
def index(request: Request, actor: Annotated[Actor, may(Permission.INVITE)]) -> Response:
    return page(request, "settings/index.html", nav="settings")
