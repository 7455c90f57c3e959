"""A beheerder carries a request out: finds whose notes they are, without reading any, and answers or erases."""

import tempfile
from collections.abc import Generator
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from app.clock import now
from app.forms import Filled, blank, filled
from app.models.access import Actor, Permission
from app.models.privacy import answering, executing, requesting, searching
from app.models.privacy.gathering import gather
from app.models.privacy.requesting import RefusalDraft, Text
from app.models.privacy.table import RequestKind
from app.rendering import asker, environment, page, see_other
from app.routers.consents import and_no_trace
from app.routers.dependencies import Db, may
from app.routers.downloads import Download
from app.settings import settings

router = APIRouter(prefix="/privacy-requests/{request_id}", include_in_schema=False)
Confirmed = Annotated[Actor, may(Permission.MANAGE_PRIVACY, confirmed=True)]
PIECE = 1 << 16


class SearchDraft(BaseModel):
    wanted: Text


class ChosenDraft(BaseModel):
    note_ids: list[str] = Field(default=[], max_length=200)


def form_page(request: Request, db: Session, form: Filled[Any]) -> Response:
    """With what was found, when something was looked for; else with the note that it is about."""
    actor = asker(request)
    found = requesting.to_carry_out(db, actor, request.path_params["request_id"])
    chosen = form.value("note_ids") or ([found.note_id] if found.note_id else [])
    matches = form.value("matches", None)
    if "wanted" not in form.values:
        form = Filled({**form.values, "wanted": requesting.who(found)}, faults=form.faults)
    return page(
        request,
        "privacy_requests/execution.html",
        nav="settings",
        asked=requesting.shown(db, found),
        found=found,
        form=form,
        searched=matches is not None,
        matches=searching.matches(db, chosen) if matches is None else matches,
    )


@router.get("/execution")
def show(request: Request, db: Db, actor: Confirmed, request_id: str) -> Response:
    return form_page(request, db, blank())


@router.post("/search")
def search(
    request: Request,
    db: Db,
    actor: Confirmed,
    request_id: str,
    form: Annotated[Filled[SearchDraft], filled(SearchDraft, again=form_page)],
) -> Response:
    """A form that is posted: a name has no place in an address."""
    wanted = form.draft.wanted
    found = requesting.to_carry_out(db, actor, request_id)
    matches = searching.search(db, found, wanted, by=actor)
    return form_page(request, db, blank(wanted=wanted, matches=matches))


Chosen = Annotated[Filled[ChosenDraft], filled(ChosenDraft, again=form_page)]


@router.post("/erasure")
def erase(db: Db, actor: Confirmed, request_id: str, form: Chosen) -> Response:
    found = requesting.to_carry_out(db, actor, request_id, RequestKind.ERASURE)
    executing.erase(db, found, form.draft.note_ids, by=actor)
    return and_no_trace(see_other(f"/privacy-requests/{found.id}/certificate"))


@router.post("/dossier")
def answer(db: Db, actor: Confirmed, request_id: str, form: Chosen) -> Response:
    found = requesting.to_carry_out(db, actor, request_id, RequestKind.ACCESS)
    note_ids = answering.answer(db, found, form.draft.note_ids, by=actor)

    def write(db: Session) -> Generator[bytes, None, None]:
        told = gather(db, note_ids)
        readable = environment(settings().language).get_template("privacy/dossier.html")
        with tempfile.TemporaryFile() as zipped:
            answering.pack(zipped, told, readable.render(told=told, made_at=now()))
            zipped.seek(0)
            while piece := zipped.read(PIECE):
                yield piece

    return Download(write, "inzage", "zip", "application/zip")


@router.post("/refusal")
def refuse(
    db: Db,
    actor: Confirmed,
    request_id: str,
    form: Annotated[Filled[RefusalDraft], filled(RefusalDraft, again=form_page)],
) -> Response:
    found = requesting.to_carry_out(db, actor, request_id)
    requesting.refuse(db, found, form.draft, by=actor)
    return see_other(f"/privacy-requests/{found.id}")
