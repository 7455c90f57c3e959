from fastapi import APIRouter, Request
from starlette.responses import Response

from app.rendering import page
from app.routers.dependencies import SignedIn

router = APIRouter(prefix="/more", include_in_schema=False)


@router.get("")
def show(request: Request, actor: SignedIn) -> Response:
    """On a phone: everything that has no place in the bar below."""
    return page(request, "more/show.html", nav="more")
