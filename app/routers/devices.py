"""Je toestellen: each browser that one signed in on, and what it still holds."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.models.delivery import devices, queries
from app.rendering import page, see_other
from app.routers.browsers import without_session
from app.routers.dependencies import Db, SignedIn

router = APIRouter(prefix="/me/devices", include_in_schema=False)


@router.get("")
def index(request: Request, db: Db, actor: SignedIn) -> Response:
    return page(
        request,
        "devices/index.html",
        nav="me",
        devices=devices.of(db, actor),
        missing=queries.count(db, actor),
    )


@router.post("/{device_id}/closure")
def end(db: Db, actor: SignedIn, device_id: str) -> Response:
    ended_itself = devices.end(db, device_id, by=actor)
    return without_session(see_other("/login")) if ended_itself else see_other("/me/devices")
