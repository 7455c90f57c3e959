"""Safaris to look at: the list, the field screen while one runs, and what it brought in afterwards."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.models.access import Actor, Permission
from app.models.action.outcomes import listen_for
from app.models.board import harvest
from app.models.delivery import queries as deliveries
from app.models.field_note.table import NoteKind
from app.models.guide import queries as guides
from app.models.safari import listing, queries
from app.models.safari.listing import SafariFilter
from app.models.safari.table import Safari, SafariState
from app.rendering import page
from app.routers.dependencies import Db, TheSafari, may

router = APIRouter(prefix="/safaris", include_in_schema=False)

Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]
LAST = 3
SHOWN = 50


@router.get("")
def index(
    request: Request, db: Db, actor: Recorder, location: str = "", mine: bool = False, cursor: str = ""
) -> Response:
    only = SafariFilter(location, mine=mine)
    closed = listing.page(
        db, actor, SafariFilter(location, state=SafariState.CLOSED, mine=mine), cursor=cursor
    )
    running = [] if cursor else listing.running(db, actor, only)
    planned = [] if cursor else listing.planned(db, actor, only)
    return page(
        request,
        "safaris/index.html",
        nav="safaris",
        only=only,
        places=listing.places(db, actor),
        running=running,
        planned=planned,
        closed=closed,
        tallies=harvest.tallies(db, (o.safari.id for o in [*running, *planned, *closed.items])),
        first=not cursor,
    )


@router.get("/{safari_id}")
def show(request: Request, db: Db, actor: Recorder, safari: TheSafari) -> Response:
    shown = {
        SafariState.PLANNED: _planned,
        SafariState.RUNNING: _running,
        SafariState.CLOSED: _closed,
    }
    template, found = shown[safari.state](db, actor, safari)
    return page(request, template, nav="safaris", **about(db, actor, safari), **found)


def about(db: Session, actor: Actor, safari: Safari) -> dict[str, Any]:
    """What every page of one safari shows."""
    return {
        "outing": queries.outing(db, safari),
        "outline": guides.outline(db, safari.guide_version_id),
        "participants": queries.participants(db, safari),
        "leads": queries.leads(db, actor, safari),
    }


Shown = tuple[str, dict[str, Any]]


def _planned(db: Session, actor: Actor, safari: Safari) -> Shown:
    return "safaris/planned.html", {"joined": queries.is_in(db, actor, safari)}


def _running(db: Session, actor: Actor, safari: Safari) -> Shown:
    return "safaris/field.html", {
        "listen_for": listen_for(db, safari.location_id),
        "tally": harvest.tally(db, safari.id),
        "total": harvest.readable(db, actor, safari.id),
        "finds": harvest.finds(db, actor, safari.id, limit=LAST),
    }


def _closed(db: Session, actor: Actor, safari: Safari) -> Shown:
    return "safaris/closed.html", {
        "tally": harvest.tally(db, safari.id),
        "total": harvest.readable(db, actor, safari.id),
        "talks": harvest.finds(db, actor, safari.id, kind=NoteKind.INTERVIEW, limit=SHOWN),
        "observations": harvest.finds(db, actor, safari.id, kind=NoteKind.OBSERVATION, limit=SHOWN),
        "missing": deliveries.count(db, actor, safari_id=safari.id),
    }
