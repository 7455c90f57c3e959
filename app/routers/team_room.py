"""What each team may decide itself, and how often it did."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Forbidden
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.action import room_counting, room_writing
from app.models.action.schemas import RoomDraft
from app.models.action.table import ActionKind
from app.models.rule.amounts import euros_typed
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/teams", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]
Writer = Annotated[Actor, may(Permission.LEAD_SAFARI)]


@router.get("")
def index(request: Request, db: Db, actor: Reader) -> Response:
    teams = room_writing.all_of(db, actor)
    ids = [team.id for team in teams]
    return page(
        request,
        "teams/index.html",
        nav="more",
        teams=teams,
        rooms=room_writing.room_of(db, ids),
        counts=room_counting.counts_of(db, ids),
    )


@router.get("/{team_id}/room")
def show(request: Request, db: Db, actor: Reader, team_id: str) -> Response:
    team = room_writing.get_team(db, actor, team_id)
    return page(
        request,
        "teams/room.html",
        nav="more",
        team=team,
        rooms=room_writing.room_of(db, [team.id]),
        counts=room_counting.counts_of(db, [team.id])[team.id],
        writable=room_writing.may_write(db, actor, team),
    )


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    team = room_writing.get_team(db, asker(request), request.path_params["team_id"])
    if not room_writing.may_write(db, asker(request), team):
        raise Forbidden
    return page(request, "teams/room_form.html", nav="more", form=form, team=team)


@router.get("/{team_id}/room/edit")
def edit(request: Request, db: Db, actor: Writer, team_id: str) -> Response:
    rooms = room_writing.room_of(db, [room_writing.get_team(db, actor, team_id).id])
    now: dict[str, str] = {}
    for kind in ActionKind:
        if room := rooms.get((team_id, kind)):
            now[kind.value] = room.text
            now[f"{kind.value}_euros"] = euros_typed(room.up_to_cents)
    return form_page(request, db, blank(**now))


@router.post("/{team_id}/room")
def write(
    db: Db,
    actor: Writer,
    team_id: str,
    form: Annotated[Filled[RoomDraft], filled(RoomDraft, again=form_page)],
) -> Response:
    team = room_writing.get_team(db, actor, team_id)
    room_writing.write(db, team, form.draft, by=actor)
    return see_other(f"/teams/{team.id}/room")
