"""Interview and observation as pages: the form that a phone makes into screens, and that works by itself too."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.clock import new_id, now
from app.errors import NotSignedIn
from app.forms import Filled, blank
from app.models.access import Actor, Permission
from app.models.field_note.checking import outlines
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import NoteKind
from app.models.guide.queries import Outline
from app.models.location.table import Location
from app.models.safari import queries as safaris
from app.models.safari.table import Safari, SafariState
from app.rendering import actor_of, page, see_other
from app.routers.capture_saving import Brought, id_in, save, unpack
from app.routers.dependencies import Db, may
from app.routers.uploads import DECODERS, outing_beforehand
from app.settings import settings

router = APIRouter(prefix="/safaris/{safari_id}", include_in_schema=False)

Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]
REFUSALS = frozenset(
    {"photo.wrong_kind", "photo.broken", "photo.too_many_pixels", "voice.wrong_kind", "too_large"}
)


@router.get("/interviews/new")
def new_interview(request: Request, safari_id: str, db: Db, actor: Recorder) -> Response:
    return _new(request, db, actor, safari_id, NoteKind.INTERVIEW)


@router.get("/observations/new")
def new_observation(request: Request, safari_id: str, db: Db, actor: Recorder) -> Response:
    return _new(request, db, actor, safari_id, NoteKind.OBSERVATION)


def _new(request: Request, db: Session, actor: Actor, safari_id: str, kind: NoteKind) -> Response:
    """What a phone began before the safari was closed (`draft`) can always be finished."""
    safari = safaris.get(db, actor, safari_id)
    if safari.state != SafariState.RUNNING and "draft" not in request.query_params:
        return see_other(f"/safaris/{safari.id}?over=1")
    return _form_page(request, db, blank(), kind)


def _form_page(request: Request, db: Session, form: Filled[Any], kind: NoteKind) -> Response:
    actor = actor_of(request)
    if actor is None:
        raise NotSignedIn
    safari = safaris.get(db, actor, request.path_params["safari_id"])
    place, guide = db.get_one(Location, safari.location_id), outlines.get(db, safari.guide_version_id)
    about = form_of(safari, place, guide, form)
    return page(request, f"capture/{kind}.html", **about, opens_with=request.query_params.get("with", ""))


def form_of(safari: Safari, place: Location, guide: Outline, form: Filled[Any]) -> dict[str, Any]:
    """What the form asks, and what was typed in it."""
    typed_id = id_in(form)
    return {
        "form": form,
        "safari": safari,
        "place": place,
        "guide": guide,
        "note_id": new_id() if form.error("note_id") or not typed_id else typed_id,
        "held_at": (form.value("held_at") or [now().isoformat()])[0],
    }


def posted(kind: NoteKind) -> Any:
    """Reads the form as typed; whatever is Invalid afterwards brings the same page back with it."""

    def again(request: Request, db: Session, form: Any) -> Response:
        return _form_page(request, db, form, kind)

    async def read(request: Request, safari_id: str) -> Brought:
        await run_sync(outing_beforehand, request, safari_id)
        sent = await request.form()
        values, files = {}, {}
        for name in sent:
            values[name] = [v for v in sent.getlist(name) if isinstance(v, str)]
            files[name] = [v for v in sent.getlist(name) if isinstance(v, UploadFile) and v.filename]
        request.state.again = again
        request.state.form = Filled[NoteDraft](_not_empty(values), _not_empty(files))
        return await run_sync(unpack, request.state.form, limiter=DECODERS)

    return Depends(read, scope="function")


def _not_empty(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: given for name, given in found.items() if given}


Interview = Annotated[Brought, posted(NoteKind.INTERVIEW)]
Observation = Annotated[Brought, posted(NoteKind.OBSERVATION)]


@router.post("/interviews")
def save_interview(safari_id: str, brought: Interview, db: Db, actor: Recorder) -> Response:
    return save(db, actor, safari_id, brought, NoteKind.INTERVIEW)


@router.post("/observations")
def save_observation(safari_id: str, brought: Observation, db: Db, actor: Recorder) -> Response:
    return save(db, actor, safari_id, brought, NoteKind.OBSERVATION)


@router.get("/refused-files")
def refused_files(
    request: Request, safari_id: str, db: Db, actor: Recorder, why: Annotated[list[str], Query()]
) -> Response:
    """The note is kept, a file is not: says which and why."""
    safari = safaris.get(db, actor, safari_id)
    codes, limit = sorted(REFUSALS.intersection(why)), settings().photo_limit // 1_000_000
    return page(request, "capture/refused.html", safari=safari, codes=codes, limit=limit)
