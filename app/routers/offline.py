"""What anybody sees who asks for a page without a connection; the phone itself fills in what it has."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.rendering import page
from app.routers.dependencies import Public

router = APIRouter(include_in_schema=False)


@router.get("/offline", dependencies=[Public])
def show(request: Request) -> Response:
    return page(request, "offline/show.html")
