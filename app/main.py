"""The table of contents: settings, middleware, errors, routers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DBAPIError
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from app import error_pages, logs
from app.backing_up_by_itself import backing_up_by_itself
from app.body_limit import BodyLimit
from app.daily_by_itself import daily_by_itself
from app.database import database
from app.learning_by_itself import learning_by_itself
from app.log_by_itself import log_by_itself
from app.mailing_by_itself import mailing_by_itself
from app.middleware import Crashes, CrossSiteCheck, RequestLog, SecurityHeaders, Whereabouts
from app.models.tag.learned import current_model
from app.models.tag.vocabulary import lexicon_for
from app.pushing_by_itself import pushing_by_itself
from app.rate_limit import RateLimit
from app.reminding_by_itself import reminding_by_itself
from app.routers import all_routers
from app.settings import settings
from app.static_files import built_files
from app.understanding_by_itself import understanding_by_itself


@asynccontextmanager
async def warm(app: FastAPI) -> AsyncIterator[None]:
    """What notes are read with is there before the first customer's words come in; learning goes on beside it."""
    # FastAPI builds its routes when they are first looked at: a third of a second, not for the first visitor to wait.
    for _ in iter_route_contexts(app.routes):
        pass
    # A database that is not there yet, or of before, is for `/health/ready` to tell.
    with suppress(DBAPIError), database().reading() as db:
        lexicon_for(db)
        current_model(db)
    async with (
        learning_by_itself(),
        understanding_by_itself(),
        daily_by_itself(),
        mailing_by_itself(),
        backing_up_by_itself(),
        log_by_itself(),
        reminding_by_itself(),
        pushing_by_itself(),
    ):
        yield


def create_app() -> FastAPI:
    logs.configure(settings().log_level)
    app = FastAPI(
        title="Klantsafari",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=warm,
        middleware=[
            Middleware(RequestLog),
            Middleware(SecurityHeaders),
            Middleware(Crashes),
            Middleware(Whereabouts),
            Middleware(RateLimit),
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
