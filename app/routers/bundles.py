"""What a phone keeps before it goes underground: whole pages, as JSON."""

from typing import Annotated, Any

from fastapi import APIRouter, Request

from app.models.access import Actor, Permission
from app.rendering import build
from app.routers import kept_pages
from app.routers.dependencies import Db, SignedIn, TheSafari, may

router = APIRouter(prefix="/bundles", include_in_schema=False)

Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]


@router.get("/phone")
def phone(request: Request, db: Db, actor: SignedIn) -> dict[str, Any]:
    """The pages of no safari, and each guide's pages for a safari that begins without a connection."""
    return {
        "version": build(),
        "user": {"id": actor.id, "name": actor.name, "language": actor.language},
        "pages": kept_pages.of_phone(request, db, actor),
        "guides": kept_pages.of_guides(request, db, actor),
    }


@router.get("/safaris/{safari_id}")
def safari(request: Request, db: Db, actor: Recorder, safari: TheSafari) -> dict[str, Any]:
    return {"version": build(), "pages": kept_pages.of_safari(request, db, actor, safari)}
