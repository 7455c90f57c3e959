"""Requests of customers, to see or to erase: a manager writes them down, and both see what became of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id
from app.errors import NotFound
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.field_note import queries as notes
from app.models.field_note.table import FieldNote
from app.models.privacy import executing, requesting
from app.models.privacy.requesting import RequestDraft
from app.models.privacy.table import RequestKind, RequestState
from app.rendering import asker, page, see_other
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/privacy-requests", include_in_schema=False)
Asker = Annotated[Actor, may(Permission.ASK_PRIVACY)]
Reader = Annotated[Actor, may(Permission.SETTLE_NOTE)]
LIST = "/privacy-requests"


@router.get("")
def index(request: Request, db: Db, actor: Asker) -> Response:
    return page(request, "privacy_requests/index.html", nav="settings", rows=requesting.listed(db, actor))


def _note(request: Request, db: Session, actor: Actor) -> FieldNote | None:
    wanted = request.query_params.get("note")
    return notes.get(db, actor, wanted) if wanted else None


def new_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    actor = asker(request)
    note = _note(request, db, actor)
    places = [(place.id, place.name) for place in requesting.places(db, actor)]
    return page(
        request,
        "privacy_requests/new.html",
        nav="settings",
        form=form,
        note=note,
        code=requesting.code_of(note.id) if note else "",
        places=places,
    )


@router.get("/new")
def new(request: Request, db: Db, actor: Reader, kind: RequestKind = RequestKind.ACCESS) -> Response:
    return new_page(request, db, blank(id=new_id(), kind=kind))


@router.post("")
def create(
    request: Request,
    db: Db,
    actor: Reader,
    form: Annotated[Filled[RequestDraft], filled(RequestDraft, again=new_page)],
) -> Response:
    asked = requesting.ask(db, form.draft, by=actor, note=_note(request, db, actor))
    return see_other(f"{LIST}/{asked.id}")


@router.get("/{request_id}")
def show(request: Request, db: Db, actor: Asker, request_id: str) -> Response:
    found = requesting.get(db, actor, request_id)
    return page(
        request, "privacy_requests/show.html", nav="settings", asked=requesting.shown(db, found), found=found
    )


@router.get("/{request_id}/certificate")
def certificate(request: Request, db: Db, actor: Asker, request_id: str) -> Response:
    found = requesting.get(db, actor, request_id)
    if found.state != RequestState.DONE or found.kind != RequestKind.ERASURE:
        raise NotFound
    return page(
        request,
        "privacy_requests/certificate.html",
        nav="settings",
        found=found,
        said=found.outcome,
        whole=executing.fingerprint(found.outcome) == found.sha256,
    )
