"""Terugbellen: who still waits for what we said, and how it went."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import today
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.field_note import queries as notes
from app.models.field_note.contacting import Reach
from app.models.field_note.table import Contact
from app.models.promise import listing, making, queries, settling
from app.models.promise.schemas import HandOver, OutcomeDraft, PromiseDraft
from app.models.user.table import User
from app.models.user.working import people_at
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, TheNote, may
from app.routers.field_notes import note_page

router = APIRouter(include_in_schema=False)

Reader = Annotated[Actor, may(Permission.READ_NOTE)]


@router.get("/call-backs")
def index(request: Request, db: Db, actor: Reader) -> Response:
    found = listing.waiting(db, actor, today())
    return page(request, "promises/index.html", nav="call-backs", waiting=found, today=today())


@router.post("/field-notes/{note_id}/promises")
def create(
    db: Db,
    actor: Reader,
    note: TheNote,
    form: Annotated[Filled[PromiseDraft], filled(PromiseDraft, again=note_page)],
) -> Response:
    making.make(db, note, form.draft, by=actor)
    return see_other(f"/field-notes/{note.id}#promises")


@router.get("/promises/{promise_id}")
def show(request: Request, db: Db, actor: Reader) -> Response:
    return promise_page(request, db, blank())


def promise_page(request: Request, db: Session, form: Filled[Any], *, reach: Reach | None = None) -> Response:
    """`reach`: name and number, when they were just opened."""
    actor = asker(request)
    promise = queries.get(db, actor, request.path_params["promise_id"])
    place = queries.place_of(db, promise)
    owner = db.get(User, promise.owner_id) if promise.owner_id else None
    return page(
        request,
        "promises/show.html",
        nav="call-backs",
        form=form,
        promise=promise,
        spot=place,
        owner=owner,
        note=notes.get(db, actor, promise.note_id),
        contact=db.get(Contact, promise.note_id),
        theirs=queries.is_theirs(actor, promise, place),
        people=[(one.id, one.name) for one in people_at(db, place)],
        reach=reach,
        today=today(),
    )


@router.post("/promises/{promise_id}/contact")
def reveal(request: Request, db: Db, actor: Reader, promise_id: str) -> Response:
    """Shown in the answer itself and nowhere kept, so that each view is asked for and logged."""
    reach = settling.reveal(db, queries.get(db, actor, promise_id), by=actor)
    return promise_page(request, db, blank(), reach=reach)


@router.post("/promises/{promise_id}/outcome")
def settle(
    db: Db,
    actor: Reader,
    promise_id: str,
    form: Annotated[Filled[OutcomeDraft], filled(OutcomeDraft, again=promise_page)],
) -> Response:
    settling.settle(db, queries.get(db, actor, promise_id), form.draft, by=actor)
    return see_other("/call-backs")


@router.post("/promises/{promise_id}/owner")
def hand_over(
    db: Db,
    actor: Reader,
    promise_id: str,
    form: Annotated[Filled[HandOver], filled(HandOver, again=promise_page)],
) -> Response:
    settling.hand_over(db, queries.get(db, actor, promise_id), form.draft, by=actor)
    return see_other("/call-backs")
