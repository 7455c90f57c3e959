"""Notes that came in but do not fit: who sent them sees them, and who answers for the place mends or discards."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.errors import Invalid, NotFound
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.delivery import apart as aparts
from app.models.delivery import mending
from app.models.delivery.apart import Apart
from app.models.delivery.mending import DiscardDraft
from app.models.field_note.checking import outlines
from app.models.field_note.refilling import asked, quotes_in
from app.models.field_note.table import NoteKind
from app.models.guide.queries import Outline
from app.models.safari import listing
from app.models.safari import queries as safaris
from app.models.safari.listing import SafariFilter
from app.models.safari.table import Safari
from app.rendering import asker, page, see_other
from app.routers.answering import answered, one
from app.routers.dependencies import Db, may

router = APIRouter(prefix="/quarantine", include_in_schema=False)
Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]


@router.get("")
def index(request: Request, db: Db, actor: Recorder) -> Response:
    return page(
        request,
        "quarantine/index.html",
        nav="more",
        rows=aparts.rows(db, actor),
        twice=aparts.twice(db, actor),
    )


@router.get("/{quarantine_id}")
def show(request: Request, db: Db, actor: Recorder, quarantine_id: str) -> Response:
    apart = aparts.get(db, actor, quarantine_id)
    form: Filled[Any] = Filled(apart.fields, faults=apart.faults)
    return _page(request, db, apart, form, blank())


@router.post("/{quarantine_id}/contact")
def reveal(request: Request, db: Db, actor: Recorder, quarantine_id: str) -> Response:
    """Shown in the answer itself and nowhere kept, so that each view is asked for and logged."""
    apart = aparts.reveal(db, aparts.get(db, actor, quarantine_id), by=actor)
    form: Filled[Any] = Filled(apart.fields, faults=apart.faults)
    return _page(request, db, apart, form, blank())


def _page(
    request: Request, db: Session, apart: Apart, form: Filled[Any], discarding: Filled[Any]
) -> Response:
    actor = asker(request)
    safari, kind = _safari(request, db, actor, apart, form), _kind(request, apart, form)
    guide = outlines.get(db, safari.guide_version_id) if safari else None
    outings = [] if safari else listing.page(db, actor, SafariFilter(), limit=100).items
    return page(
        request,
        "quarantine/show.html",
        nav="more",
        apart=apart,
        form=form,
        discarding=discarding,
        safari=safari,
        kind=kind,
        guide=guide,
        outings=outings,
        unasked=_unasked(apart, guide, kind),
        quotes=quotes_in(apart.raw),
        decides=aparts.may_decide(db, actor, apart),
    )


def _safari(request: Request, db: Session, actor: Actor, apart: Apart, form: Filled[Any]) -> Safari | None:
    """As chosen, else as it says itself; none when that is not there or not this person's to see."""
    wanted = one(form, "safari_id") or request.query_params.get("safari") or apart.row.safari_id
    try:
        return safaris.get(db, actor, wanted) if wanted else None
    except NotFound:
        return None


def _kind(request: Request, apart: Apart, form: Filled[Any]) -> NoteKind | None:
    wanted = one(form, "kind") or request.query_params.get("kind") or apart.raw.get("kind")
    return NoteKind(wanted) if wanted in list(NoteKind) else None


def _unasked(apart: Apart, guide: Outline | None, kind: NoteKind | None) -> set[str]:
    """The answers that no field of the form below takes over."""
    if guide is None:
        return set()
    taken = {"words", "text"} if kind == NoteKind.OBSERVATION else asked(guide)
    told = {said.name for said in apart.said(guide)}
    return {name for name in told - taken if kind == NoteKind.OBSERVATION or not name.startswith("quote-")}


def _again(request: Request, db: Session, form: Filled[Any]) -> Response:
    apart = aparts.get(db, asker(request), request.path_params["quarantine_id"])
    return _page(request, db, apart, form, blank())


def _discard_again(request: Request, db: Session, form: Filled[Any]) -> Response:
    apart = aparts.get(db, asker(request), request.path_params["quarantine_id"])
    return _page(request, db, apart, Filled(apart.fields, faults=apart.faults), form)


Mended = Annotated[Filled[Any], answered(_again)]
Discarded = Annotated[Filled[DiscardDraft], filled(DiscardDraft, again=_discard_again)]


@router.post("/{quarantine_id}/repair")
def repair(form: Mended, db: Db, actor: Recorder, quarantine_id: str) -> Response:
    apart = aparts.get(db, actor, quarantine_id)
    kind = one(form, "kind")
    if kind not in list(NoteKind):
        raise Invalid({"kind": "field.enum"})
    beside = mending.repair(
        db, apart, form.values, kind=NoteKind(kind), safari_id=one(form, "safari_id"), by=actor
    )
    to = f"/field-notes/{apart.row.note_id}"
    return see_other(f"{to}/edits/{beside.id}" if beside else to)


@router.post("/{quarantine_id}/removal")
def discard(form: Discarded, db: Db, actor: Recorder, quarantine_id: str) -> Response:
    mending.discard(db, aparts.get(db, actor, quarantine_id), form.draft, by=actor)
    return see_other("/quarantine")
