from fastapi import APIRouter, Request
from starlette.responses import Response

from app.rendering import page
from app.routers.dependencies import SignedIn

router = APIRouter(prefix="/outbox", include_in_schema=False)


@router.get("")
def show(request: Request, actor: SignedIn) -> Response:
    """What waits on this phone. The server knows none of it, so that also who lost a role can look."""
    return page(request, "outbox/show.html")
