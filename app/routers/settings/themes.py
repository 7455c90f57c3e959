"""Themes and values: what the tagger may suggest, in the organisation's own words."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.responses import Response

from app.database import database
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.field_note.theme_counts import theme_rows
from app.models.tag import arranging, queries
from app.models.tag.schemas import ThemeChanges, ThemeDraft
from app.models.tag.table import Tag, TagKind
from app.models.tag.vocabulary import lexicon_for
from app.rendering import page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/settings/themes", include_in_schema=False)
Keeper = Annotated[Actor, may(Permission.MANAGE_THEMES)]
LIST = "/settings/themes"


def read_again() -> None:
    """Compiles the new words before the next customer's words come in."""
    with database().reading() as db:
        lexicon_for(db)


def on_to(address: str) -> Response:
    answer = see_other(address)
    answer.background = BackgroundTask(read_again)
    return answer


def new_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    return page(request, "settings/themes/new.html", nav="settings", form=form)


def edit_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    tag = queries.get(db, request.path_params["tag_id"])
    rows = theme_rows(db)
    row = next(row for row in rows[tag.kind] if row.tag.id == tag.id)
    others = [other.tag for other in rows[tag.kind] if other.tag.id != tag.id]
    if "name_nl" not in form.values:
        form = Filled(_as_it_is(tag, rows[tag.kind].index(row) + 1) | dict(form.values), faults=form.faults)
    return page(request, "settings/themes/edit.html", nav="settings", form=form, row=row, others=others)


def _as_it_is(tag: Tag, place: int) -> dict[str, Any]:
    told = {
        f"{part}_{language}": getattr(tag, part).get(language, "")
        for part in ("name", "about")
        for language in ("nl", "en")
    }
    return told | {"words": "\n".join(tag.words), "place": str(place)}


@router.get("")
def index(request: Request, db: Db, actor: Keeper) -> Response:
    return page(request, "settings/themes/index.html", nav="settings", rows=theme_rows(db))


@router.get("/new")
def new(request: Request, db: Db, actor: Keeper, kind: TagKind = TagKind.THEME) -> Response:
    return new_page(request, db, blank(kind=kind))


@router.post("")
def create(
    db: Db, actor: Keeper, form: Annotated[Filled[ThemeDraft], filled(ThemeDraft, again=new_page)]
) -> Response:
    arranging.add(db, form.draft, by=actor)
    return on_to(LIST)


@router.get("/{tag_id}")
def edit(request: Request, db: Db, actor: Keeper) -> Response:
    return edit_page(request, db, blank())


@router.post("/{tag_id}")
def change(
    db: Db,
    actor: Keeper,
    tag_id: str,
    form: Annotated[Filled[ThemeChanges], filled(ThemeChanges, again=edit_page)],
) -> Response:
    arranging.change(db, queries.get(db, tag_id), form.draft, by=actor)
    return on_to(LIST)
