"""Tables to take to a meeting: what a list shows, as CSV or a workbook."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ValidationError
from sqlmodel import Session
from starlette.responses import Response

from app.database import database
from app.errors import Invalid
from app.forms import Filled, faults_of
from app.models.access import Actor, Permission
from app.models.action import queries as all_actions
from app.models.action.filter import ActionFilter
from app.models.audit.noting import note
from app.models.export import actions, counting, notes, rules, taggings
from app.models.export.cells import FORMS
from app.models.export.table import Lines
from app.models.field_note import queries as all_notes
from app.models.field_note.filter import FieldNoteFilter
from app.models.location.queries import tree
from app.models.rule import queries as all_rules
from app.models.rule.filter import RuleFilter
from app.rendering import asker, page
from app.routers.dependencies import Db, SignedIn, may
from app.routers.downloads import as_table

router = APIRouter(prefix="/exports", include_in_schema=False)
Exporter = Annotated[Actor, may(Permission.EXPORT)]
DialectName = Literal["excel", "rfc4180", "xlsx"]
F = TypeVar("F", bound=BaseModel)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    return page(
        request,
        "exports/index.html",
        nav="exports",
        form=form,
        places=[(place.id, place.name) for place in tree(db, actor, Permission.EXPORT)],
        counts=counting.exportable(db, actor),
    )


def asked(schema: type[F]) -> Any:
    """The filter in the address; when it is wrong, the page of choices says what, with what was chosen."""

    def read(request: Request, actor: SignedIn) -> F:
        typed = dict(request.query_params)
        try:
            return schema.model_validate(typed)
        except ValidationError as wrong:
            request.state.again, request.state.form = form_page, Filled(typed)
            raise Invalid(faults_of(wrong.errors(include_input=False, include_url=False))) from None

    return Depends(read, scope="function")


@router.get("")
def index(request: Request, db: Db, actor: Exporter) -> Response:
    return form_page(request, db, Filled({"dialect": "excel", **request.query_params}))


Notes = Annotated[FieldNoteFilter, asked(FieldNoteFilter)]
Actions = Annotated[ActionFilter, asked(ActionFilter)]
Rules = Annotated[RuleFilter, asked(RuleFilter)]


@router.get("/field-notes.csv")
async def field_notes(actor: Exporter, only: Notes, dialect: DialectName = "excel") -> Response:
    def write(db: Session) -> Lines:
        return notes.write(db, all_notes.matching(actor, only), FORMS[dialect], by=actor)

    return await _taken("field-notes", write, only, dialect, actor)


@router.get("/taggings.csv")
async def tags(actor: Exporter, only: Notes, dialect: DialectName = "excel") -> Response:
    def write(db: Session) -> Lines:
        return taggings.write(db, all_notes.matching(actor, only), FORMS[dialect], by=actor)

    return await _taken("taggings", write, only, dialect, actor)


@router.get("/actions.csv")
async def improvement_actions(actor: Exporter, only: Actions, dialect: DialectName = "excel") -> Response:
    def write(db: Session) -> Lines:
        return actions.write(db, all_actions.matching(actor, only), FORMS[dialect], by=actor)

    return await _taken("actions", write, only, dialect, actor)


@router.get("/rules.csv")
async def rules_in_the_way(actor: Exporter, only: Rules, dialect: DialectName = "excel") -> Response:
    def write(db: Session) -> Lines:
        return rules.write(db, all_rules.matching(actor, only), FORMS[dialect], by=actor)

    return await _taken("rules", write, only, dialect, actor)


async def _taken(
    name: str,
    write: Callable[[Session], Lines],
    only: FieldNoteFilter | ActionFilter | RuleFilter,
    dialect: str,
    by: Actor,
) -> Response:
    """A GET changes nothing, but who takes data out of the house is written down before the first byte leaves."""
    async with database().writing_in_turn() as log:
        filters = sorted(only.model_dump(by_alias=True, exclude_none=True))
        note(log, "export.taken", "export", name, by=by, at=only.location, dialect=dialect, filters=filters)
    return as_table(write, name, FORMS[dialect])
