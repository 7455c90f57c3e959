"""Beside the board: one's own actions, what lies still, and the archive."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.clock import today
from app.models.access import Actor, Permission
from app.models.action.filter import ActionFilter
from app.models.action.signals import Signal
from app.models.action.table import Step
from app.models.board import archive, columns, still
from app.models.board.cards import cards_of
from app.models.board.mine import mine
from app.rendering import page, see_other
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Changer = Annotated[Actor, may(Permission.CHANGE_ACTION)]
LONG = 40


@router.get("/mine")
def show_mine(request: Request, db: Db, actor: Reader) -> Response:
    return page(request, "boards/mine.html", nav="actions", cards=mine(db, actor), today=today())


@router.get("/still")
def show_still(request: Request, db: Db, actor: Reader) -> Response:
    found = columns.touched(db, actor, ActionFilter(signal=Signal.STILL), (Step.NEW, Step.CHOSEN, Step.DOING))
    cards = sorted((card for column in found for card in column.cards), key=lambda c: c.action.stirred_at)
    return page(request, "boards/still.html", nav="actions", cards=cards, today=today())


@router.post("/{action_id}/continuation")
def go_on(db: Db, actor: Changer, action: TheAction) -> Response:
    still.keep(db, action, by=actor)
    return see_other("/actions/still")


@router.get("/archive")
def show_archive(
    request: Request, db: Db, actor: Reader, asked: Annotated[ActionFilter, Query()], cursor: str = ""
) -> Response:
    found = archive.found(db, actor, asked, limit=LONG, cursor=cursor)
    more = urlencode({"q": asked.q or "", "cursor": found.next}) if found.next else ""
    cards = cards_of(db, actor, found.items)
    return page(request, "boards/archive.html", nav="actions", only=asked, cards=cards, more=more)


@router.post("/{action_id}/restoration")
def restore(db: Db, actor: Changer, action: TheAction) -> Response:
    archive.restore(db, action, by=actor)
    return see_other(f"/actions?step={action.step}#action-{action.id}")
