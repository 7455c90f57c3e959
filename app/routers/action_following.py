"""Following an action, and having seen where one was named."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.models.access import Actor, Permission
from app.models.action import mentioning, watching
from app.rendering import see_other
from app.routers.dependencies import Db, TheAction, may

router = APIRouter(prefix="/actions/{action_id}", include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_BOARD)]


@router.post("/mentions/reading")
def see(db: Db, actor: Reader, action: TheAction) -> Response:
    mentioning.seen(db, action, by=actor)
    return see_other(f"/actions/{action.id}#history")


@router.post("/watching")
def follow(db: Db, actor: Reader, action: TheAction) -> Response:
    watching.follow(db, action, by=actor)
    return see_other(f"/actions/{action.id}#watchers")


@router.post("/watching/ending")
def unfollow(db: Db, actor: Reader, action: TheAction) -> Response:
    watching.unfollow(db, action, by=actor)
    return see_other(f"/actions/{action.id}#watchers")
