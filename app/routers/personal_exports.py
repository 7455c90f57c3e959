"""Stories with names and numbers of who wants a call: asked for apart, with a reason, after step-up."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import ConfigDict, Field, field_validator
from sqlmodel import Session
from starlette.responses import Response

from app.forms import Filled, filled
from app.models.access import Actor, Permission
from app.models.audit.noting import note
from app.models.export import notes
from app.models.export.cells import FORMS
from app.models.export.table import Lines
from app.models.field_note import queries
from app.models.field_note.filter import FieldNoteFilter
from app.models.location.queries import tree
from app.rendering import asker, page
from app.routers.dependencies import Db, may
from app.routers.downloads import as_table
from app.routers.exports import DialectName

router = APIRouter(prefix="/exports/personal", include_in_schema=False)
Taker = Annotated[Actor, may(Permission.EXPORT, confirmed=True)]

FEWEST_WORDS = 4


class Asked(FieldNoteFilter):
    """The filter of the list, with why the names are needed."""

    model_config = ConfigDict(str_strip_whitespace=True)

    reason: Annotated[str, Field(max_length=500)]
    dialect: DialectName = "excel"

    @field_validator("reason")
    @classmethod
    def says_something(cls, value: str) -> str:
        if len(value.split()) < FEWEST_WORDS:
            raise ValueError("export.reason_short")
        return value


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    places = tree(db, asker(request), Permission.EXPORT)
    shown = [(place.id, place.name) for place in places]
    return page(request, "exports/personal.html", nav="exports", form=form, places=shown)


@router.get("")
def new(request: Request, db: Db, actor: Taker) -> Response:
    return form_page(request, db, Filled({"dialect": "excel", **request.query_params}))


@router.post("")
def take(db: Db, actor: Taker, form: Annotated[Filled[Asked], filled(Asked, again=form_page)]) -> Response:
    """The reason is kept in the log; it goes with who took what, and never with a customer's words."""
    asked = form.draft
    only = FieldNoteFilter.model_validate(asked.model_dump(by_alias=True, exclude={"reason", "dialect"}))

    def write(db: Session) -> Lines:
        return notes.write(db, queries.matching(actor, only), FORMS[asked.dialect], by=actor, personal=True)

    note(
        db,
        "export.taken",
        "export",
        "field-notes-personal",
        by=actor,
        at=only.location,
        dialect=asked.dialect,
        filters=sorted(only.model_dump(by_alias=True, exclude_none=True)),
        reason=asked.reason,
    )
    return as_table(write, "field-notes-personal", FORMS[asked.dialect])
