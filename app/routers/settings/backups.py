from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.clock import now
from app.models.access import Actor, Permission
from app.models.backup.queries import standing
from app.rendering import page
from app.routers.dependencies import Db, may
from app.settings import settings

router = APIRouter(prefix="/settings/backups", include_in_schema=False)


@router.get("")
def index(request: Request, db: Db, actor: Annotated[Actor, may(Permission.MANAGE_PEOPLE)]) -> Response:
    """Says whether it is set up, never where: a folder is the machine's own business."""
    every_night, encrypted = settings().backup_folder is not None, bool(settings().recipients)
    return page(
        request,
        "settings/backups/index.html",
        nav="settings",
        standing=standing(db, actor, now()),
        every_night=every_night,
        hour=settings().backup_hour,
        keep=settings().backup_keep,
        encrypted=encrypted,
    )
