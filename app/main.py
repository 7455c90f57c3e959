"""The table of contents: settings, middleware, errors, routers."""

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from app import error_pages, logs
from app.middleware import BodyLimit, CrossSiteCheck, RequestLog, SecurityHeaders
from app.routers import all_routers
from app.settings import settings
from app.static_files import built_files


def create_app() -> FastAPI:
    logs.configure(settings().log_level)
    app = FastAPI(
        title="Klantsafari",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[
            Middleware(RequestLog),
            Middleware(SecurityHeaders),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
            Middleware(CrossSiteCheck),
            Middleware(BodyLimit),
        ],
    )
    error_pages.install(app)
    for router in all_routers():
        app.include_router(router)
    app.mount("/static/dist", built_files(), name="static")
    return app
