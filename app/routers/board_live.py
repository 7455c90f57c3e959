"""The board as it lives: a stream that says what changed, and the columns as they are now."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from app.clock import now
from app.live import hub
from app.models.access import Actor, Permission
from app.models.action.filter import ActionFilter
from app.models.action.table import Step
from app.models.board import columns
from app.rendering import fragment
from app.routers.board_view import BoardView
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/actions", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]
HEARTBEAT = 15
LONGEST = 300
"""Seconds after which a browser asks anew: whoever may not any more, is then refused at the door."""


@router.get("/live")
async def live(
    request: Request, actor: Reader, since: str = "", seconds: Annotated[int, Query(ge=0, le=LONGEST)] = 0
) -> Response:
    """Server-sent events for so many seconds. No connection to the database is held meanwhile."""
    last = request.headers.get("last-event-id") or since
    told = _told(actor, _moment(last), seconds)
    headers = {"cache-control": "no-store, no-transform"}
    return EventSourceResponse(told, ping=HEARTBEAT, headers=headers)


def _moment(text: str) -> datetime:
    """What a browser saw last; now, when it cannot say."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo and moment < now():
            return moment
    return now()


async def _told(actor: Actor, since: datetime, seconds: int) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(event="ready", data="", id=since.isoformat(), retry=2000)
    if not seconds:
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), aclosing(hub().listen(actor, since)) as heard:
            async for event, ids in heard:
                yield ServerSentEvent(event=event, data=json.dumps(ids), id=now().isoformat())


@router.get("/columns")
def show(
    request: Request,
    db: Db,
    actor: Reader,
    asked: Annotated[ActionFilter, Query()],
    touched: Annotated[list[Step] | None, Query()] = None,
    ids: Annotated[list[str] | None, Query(max_length=50)] = None,
    pick: bool = False,
) -> Response:
    """The columns where these cards lay and lie now; all of them when none is named."""
    view = BoardView.of(asked, pick=pick)
    steps = columns.steps_of(db, actor, ids or []) | set(touched or []) or set(Step)
    found = columns.touched(db, actor, view.only, steps, opened=view.opened)
    return fragment(request, "actions/_columns.html", columns=found, **view.shown(db, actor))
