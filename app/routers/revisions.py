"""The author edits a note, and whoever finds two versions of it chooses what stays."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Conflict, Forbidden, Invalid
from app.forms import Filled
from app.models.field_note import editing, queries, revising, settling
from app.models.field_note.form import draft_from
from app.models.field_note.forming import draft_of
from app.models.field_note.refilling import fields_of, quotes_in
from app.rendering import asker, page, see_other
from app.routers.answering import answered, number
from app.routers.dependencies import Db, SignedIn, TheNote

router = APIRouter(prefix="/field-notes/{note_id}", include_in_schema=False)


@router.get("/edit")
def edit(request: Request, db: Db, note: TheNote, actor: SignedIn) -> Response:
    if not editing.may_edit(note, actor):
        raise Forbidden("note.wrong_author")
    now_there = draft_of(note, revising.guide_of(db, note)).model_dump(mode="json", by_alias=True)
    return _edit_page(request, db, Filled(fields_of(now_there) | {"revision": [str(note.revision)]}))


def _edit_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    note = queries.get(db, asker(request), request.path_params["note_id"])
    return page(
        request,
        "revisions/edit.html",
        form=form,
        note=note,
        kind=note.kind,
        guide=revising.guide_of(db, note),
        quotes=quotes_in({"answers": note.answers}),
        revision=number(form, "revision"),
    )


Edited = Annotated[Filled[Any], answered(_edit_page)]


@router.post("/revisions")
def save(form: Edited, db: Db, note: TheNote, actor: SignedIn) -> Response:
    based_on = number(form, "revision")
    if not 1 <= based_on <= note.revision:
        raise Invalid({"revision": "note.base_unreadable"})
    draft = draft_from(
        dict(form.values) | {"consent": ["yes"], "call_back": ["no"]},
        revising.guide_of(db, note),
        kind=note.kind,
        safari_id=note.safari_id,
        at=note.held_at,
    )
    beside = editing.edit(db, note, draft, based_on=based_on, by=actor)
    to = f"/field-notes/{note.id}"
    return see_other(f"{to}/edits/{beside.id}" if beside else to)


@router.get("/edits/{edit_id}")
def show(request: Request, db: Db, note: TheNote, actor: SignedIn, edit_id: str) -> Response:
    two = settling.get(db, note, edit_id, by=actor)
    if two.settled_at:
        return see_other(f"/field-notes/{note.id}")
    return _two_page(request, db, Filled({"revision": [str(note.revision)]}))


def _two_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor, path = asker(request), request.path_params
    note = queries.get(db, actor, path["note_id"])
    two = settling.get(db, note, path["edit_id"], by=actor)
    return page(
        request,
        "revisions/settle.html",
        nav="field-notes",
        form=form,
        note=note,
        edit=two,
        found=settling.differences(note, two, revising.guide_of(db, note)),
    )


Chosen = Annotated[Filled[Any], answered(_two_page)]


@router.post("/edits/{edit_id}/settlement")
def settle(form: Chosen, db: Db, note: TheNote, actor: SignedIn, edit_id: str) -> Response:
    two = settling.get(db, note, edit_id, by=actor)
    choices = {name.removeprefix("choice."): given[-1] for name, given in form.values.items() if given}
    try:
        settling.settle(db, note, two, choices, based_on=number(form, "revision"), by=actor)
    except Conflict as changed:
        raise Invalid({"revision": changed.code}) from None
    return see_other(f"/field-notes/{note.id}")
