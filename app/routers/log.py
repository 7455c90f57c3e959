"""Logboek: line by line for a beheerder; for a manager how often what was done at the own places."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app import log_words
from app.database import database
from app.forms import Filled, from_address
from app.models.access import Actor, Permission
from app.models.audit import checking
from app.models.audit.noting import note
from app.models.export import log as export
from app.models.export.cells import FORMS
from app.models.export.table import Lines
from app.models.location.queries import tree
from app.models.log import queries
from app.models.log.filter import LogFilter
from app.models.paging import Page
from app.rendering import fragment, is_htmx, page
from app.routers.dependencies import Db, may
from app.routers.downloads import as_table
from app.routers.exports import DialectName, asked

router = APIRouter(prefix="/log", include_in_schema=False)


@router.get("")
def index(request: Request, db: Db, actor: Annotated[Actor, may(Permission.SUM_UP_LOG)]) -> Response:
    form = from_address(LogFilter, request.query_params)
    if not actor.may(Permission.READ_LOG):
        return _summary(request, db, actor, form)
    only = form.result or LogFilter()
    found = queries.page(db, actor, only, cursor=form.value("cursor")) if form.result else Page([], None)
    onward = urlencode(only.chosen | {"cursor": found.next}) if found.next else ""
    if is_htmx(request) and form.value("cursor"):
        return fragment(request, "log/_rows.html", lines=found.items, onward=onward)
    return page(
        request,
        "log/index.html",
        nav="settings",
        status=200 if form.result else 422,
        form=form,
        chosen=urlencode(only.chosen),
        lines=found.items,
        onward=onward,
        check=checking.last(db),
        people=queries.people(db),
        places=tree(db, actor, Permission.READ_LOG),
        kinds=list(log_words.KINDS),
        verbs=list(log_words.VERBS),
    )


def _summary(request: Request, db: Session, actor: Actor, form: Filled[LogFilter]) -> Response:
    """Where and when is asked for, and not who: that would be counting what one colleague does."""
    only = form.result and form.result.model_copy(update={"person": None})
    return page(
        request,
        "log/summary.html",
        nav="settings",
        status=200 if form.result else 422,
        form=form,
        tallies=queries.summary(db, actor, only) if only else [],
        places=tree(db, actor, Permission.SUM_UP_LOG),
    )


@router.get("/lines.csv")
async def lines(
    actor: Annotated[Actor, may(Permission.READ_LOG)],
    only: Annotated[LogFilter, asked(LogFilter)],
    dialect: DialectName = "excel",
) -> Response:
    """A GET changes nothing, but who takes the log out of the house is in it before the first byte leaves."""
    async with database().writing_in_turn() as db:
        note(db, "export.taken", "export", "log", by=actor, dialect=dialect, filters=sorted(only.chosen))

    def write(db: Session) -> Lines:
        return export.write(db, queries.matching(actor, only), FORMS[dialect])

    return as_table(write, "log", FORMS[dialect])
