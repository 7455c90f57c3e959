"""Voor jou: what waits for one person, new first, until they have seen it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.models.reminder import gathering
from app.rendering import fragment, page, see_other
from app.routers.dependencies import Db, SignedIn

router = APIRouter(prefix="/reminders", include_in_schema=False)


@router.get("")
def index(request: Request, db: Db, actor: SignedIn) -> Response:
    return page(request, "reminders/index.html", nav="today", found=gathering.for_you(db, actor))


@router.get("/bell")
def bell(request: Request, db: Db, actor: SignedIn) -> Response:
    """How many are new; asked by the page itself once it is shown, so that nobody waits for it."""
    count = len(gathering.for_you(db, actor).fresh)
    return fragment(request, "reminders/_bell.html", count=count)


@router.post("/seen")
def see(db: Db, actor: SignedIn, key: Annotated[list[str] | None, Form(max_length=500)] = None) -> Response:
    gathering.see(db, key or [], by=actor)
    return see_other("/reminders")
