"""A theme that is switched off or on, or that turns out to be the same as another."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.forms import Filled, filled
from app.models.field_note import merging
from app.models.tag import arranging, queries
from app.models.tag.schemas import Merge
from app.routers.dependencies import Db
from app.routers.settings.themes import LIST, Keeper, edit_page, on_to

router = APIRouter(prefix="/settings/themes/{tag_id}", include_in_schema=False)


@router.post("/closure")
def switch_off(db: Db, actor: Keeper, tag_id: str) -> Response:
    arranging.switch_off(db, queries.get(db, tag_id), by=actor)
    return on_to(f"{LIST}/{tag_id}")


@router.post("/reopening")
def switch_on(db: Db, actor: Keeper, tag_id: str) -> Response:
    arranging.switch_on(db, queries.get(db, tag_id), by=actor)
    return on_to(f"{LIST}/{tag_id}")


@router.post("/merger")
def merge(
    db: Db,
    actor: Keeper,
    tag_id: str,
    form: Annotated[Filled[Merge], filled(Merge, again=edit_page)],
) -> Response:
    merging.merge(db, queries.get(db, tag_id), form.draft.into_id, by=actor)
    return on_to(LIST)
