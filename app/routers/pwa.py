"""What makes the site an app on a phone: its worker, its manifest, and where its shortcuts lead."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import FileResponse, JSONResponse, Response

from app.errors import NotFound
from app.i18n import best_language, translator
from app.models.access import Actor, Permission
from app.rendering import DIST, asset, see_other
from app.routers.dependencies import Public, SignedIn
from app.settings import settings

router = APIRouter(include_in_schema=False)


@router.get("/service-worker.js", dependencies=[Public])
def service_worker() -> Response:
    """Never kept by a browser: a phone must hear of the next build."""
    file = DIST / "service-worker.js"
    if not file.exists():
        raise NotFound
    headers = {"cache-control": "no-cache", "service-worker-allowed": "/"}
    return FileResponse(file, media_type="text/javascript", headers=headers)


def _reader_language(request: Request) -> str:
    """A browser asks for the manifest as nobody in particular."""
    return best_language(request.headers.get("accept-language", ""), settings().language)


@router.get("/manifest.webmanifest", dependencies=[Public])
def manifest(language: Annotated[str, Depends(_reader_language)]) -> Response:
    _ = translator(language)
    icon = {"src": asset("icon-192.png"), "sizes": "192x192", "type": "image/png"}
    large = {"src": asset("icon-512.png"), "sizes": "512x512", "type": "image/png"}
    masked = large | {"src": asset("icon-maskable-512.png"), "purpose": "maskable"}
    about = {
        "id": "/",
        "name": "Klantsafari",
        "short_name": "Klantsafari",
        "description": _("Spreek klanten, schrijf op wat ze zeggen en maak er acties van."),
        "lang": language,
        "dir": "ltr",
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f3f5f0",
        "theme_color": "#12402d",
        "categories": ["business", "productivity"],
        "icons": [icon, large, masked],
        "shortcuts": [
            {"name": _("Op safari"), "url": "/go", "icons": [icon]},
            {"name": _("Observatie"), "url": "/go/observation", "icons": [icon]},
        ],
    }
    headers = {"cache-control": "no-cache", "vary": "accept-language"}
    return JSONResponse(about, headers=headers, media_type="application/manifest+json")


@router.get("/go")
def go(request: Request, actor: SignedIn) -> Response:
    """On safari: the one that runs, or a new one."""
    return see_other(_running(request) or _start(actor))


@router.get("/go/observation")
def go_observe(request: Request, actor: SignedIn) -> Response:
    """An observation in the safari that runs; without one, a safari comes first."""
    running = _running(request)
    return see_other(f"{running}/observations/new" if running else _start(actor))


def _running(request: Request) -> str:
    safari = request.state.open_safari
    return f"/safaris/{safari.id}" if safari else ""


def _start(actor: Actor) -> str:
    if actor.may(Permission.LEAD_SAFARI):
        return "/safaris/new"
    return "/safaris" if actor.may(Permission.RECORD_NOTE) else "/today"
