"""Interview and observation as pages: the form that a phone makes into screens, and that works by itself too."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.clock import new_id, now
from app.errors import Conflict, Invalid, NotSignedIn, TooLarge
from app.forms import Filled, blank
from app.models.access import Actor, Permission
from app.models.attachment import accepting
from app.models.attachment.accepting import Unpacked
from app.models.attachment.table import AttachmentKind
from app.models.field_note import recording
from app.models.field_note.checking import outlines
from app.models.field_note.form import draft_from
from app.models.field_note.schemas import Announced, NoteDraft, NoteId
from app.models.field_note.table import FieldNote, NoteKind
from app.models.location.table import Location
from app.models.safari import queries as safaris
from app.models.safari.table import SafariState
from app.rendering import actor_of, page, see_other
from app.routers.dependencies import Db, may
from app.settings import settings

router = APIRouter(prefix="/safaris/{safari_id}", include_in_schema=False)

Recorder = Annotated[Actor, may(Permission.RECORD_NOTE)]
UPLOADS = {"photos": AttachmentKind.PHOTO, "voice": AttachmentKind.VOICE}
REFUSALS = frozenset(
    {"photo.wrong_kind", "photo.broken", "photo.too_many_pixels", "voice.wrong_kind", "too_large"}
)
_NOTE_ID: TypeAdapter[str] = TypeAdapter(NoteId)


@router.get("/interviews/new")
def new_interview(request: Request, safari_id: str, db: Db, actor: Recorder) -> Response:
    return _new(request, db, actor, safari_id, NoteKind.INTERVIEW)


@router.get("/observations/new")
def new_observation(request: Request, safari_id: str, db: Db, actor: Recorder) -> Response:
    return _new(request, db, actor, safari_id, NoteKind.OBSERVATION)


def _new(request: Request, db: Session, actor: Actor, safari_id: str, kind: NoteKind) -> Response:
    safari = safaris.get(db, actor, safari_id)
    if safari.state != SafariState.RUNNING:
        return see_other(f"/safaris/{safari.id}")
    return _form_page(request, db, blank(), kind)


def _form_page(request: Request, db: Session, form: Filled[Any], kind: NoteKind) -> Response:
    actor = actor_of(request)
    if actor is None:
        raise NotSignedIn
    safari = safaris.get(db, actor, request.path_params["safari_id"])
    place = db.get_one(Location, safari.location_id)
    typed_id = _id_in(form)
    return page(
        request,
        f"capture/{kind}.html",
        form=form,
        safari=safari,
        place=place,
        guide=outlines.get(db, safari.guide_version_id),
        note_id=new_id() if form.error("note_id") or not typed_id else typed_id,
        held_at=(form.value("held_at") or [now().isoformat()])[0],
        opens_with=request.query_params.get("with", ""),
    )


def posted(kind: NoteKind) -> Any:
    """Reads the form as typed; whatever is Invalid afterwards brings the same page back with it."""

    def again(request: Request, db: Session, form: Any) -> Response:
        return _form_page(request, db, form, kind)

    async def read(request: Request) -> Filled[NoteDraft]:
        sent = await request.form()
        values, files = {}, {}
        for name in sent:
            values[name] = [v for v in sent.getlist(name) if isinstance(v, str)]
            files[name] = [v for v in sent.getlist(name) if isinstance(v, UploadFile) and v.filename]
        request.state.again = again
        request.state.form = Filled[NoteDraft](_not_empty(values), _not_empty(files))
        return request.state.form

    return Depends(read, scope="function")


def _not_empty(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: given for name, given in found.items() if given}


Interview = Annotated[Filled[NoteDraft], posted(NoteKind.INTERVIEW)]
Observation = Annotated[Filled[NoteDraft], posted(NoteKind.OBSERVATION)]


@router.post("/interviews")
def save_interview(safari_id: str, db: Db, actor: Recorder, form: Interview) -> Response:
    return _save(db, actor, safari_id, form, NoteKind.INTERVIEW)


@router.post("/observations")
def save_observation(safari_id: str, db: Db, actor: Recorder, form: Observation) -> Response:
    return _save(db, actor, safari_id, form, NoteKind.OBSERVATION)


@router.get("/refused-files")
def refused_files(
    request: Request, safari_id: str, db: Db, actor: Recorder, why: Annotated[list[str], Query()]
) -> Response:
    """The note is kept, a file is not: says which and why."""
    safari = safaris.get(db, actor, safari_id)
    codes, limit = sorted(REFUSALS.intersection(why)), settings().photo_limit // 1_000_000
    return page(request, "capture/refused.html", safari=safari, codes=codes, limit=limit)


def _save(db: Session, actor: Actor, safari_id: str, form: Filled[NoteDraft], kind: NoteKind) -> Response:
    safari = safaris.get(db, actor, safari_id)
    files, refused = _unpacked(form)
    try:
        draft = draft_from(
            form.values,
            outlines.get(db, safari.guide_version_id),
            kind=kind,
            safari_id=safari.id,
            at=now(),
            attachments=[_announced(file) for file in files],
        )
        note = _record(db, _id_in(form) or new_id(), draft, actor)
    except Invalid as wrong:
        raise Invalid(
            wrong.fields | ({"attachments": ("note.file_refused", {})} if refused else {})
        ) from None
    for file in files:
        accepting.keep(db, note, file, by=actor)
    if refused:
        return see_other(f"/safaris/{safari.id}/refused-files?" + "&".join(f"why={code}" for code in refused))
    return see_other(f"/safaris/{safari.id}?saved=1")


def _unpacked(form: Filled[NoteDraft]) -> tuple[list[Unpacked], list[str]]:
    """The files that are what they should be, each once, and why others are not."""
    files: dict[str, Unpacked] = {}
    refused: set[str] = set()
    for name, kind in UPLOADS.items():
        for sent in form.files.get(name, []):
            try:
                file = accepting.unpacked(sent.file.read(), kind)
                files[file.sha256] = file
            except Invalid as wrong:
                refused.update(code for code, _ in wrong.fields.values())
            except TooLarge as wrong:
                refused.add(wrong.code)
    return list(files.values()), sorted(refused)


def _announced(file: Unpacked) -> Announced:
    return Announced(sha256=file.sha256, kind=file.kind.value, size=file.size, media_type=file.media_type)


def _record(db: Session, note_id: str, draft: NoteDraft, actor: Actor) -> FieldNote:
    """Who goes back, changes a word and saves again gets the form once more, under a new id."""
    try:
        recording.record(db, note_id, draft, sent=recording.canonical(draft), by=actor)
    except Conflict:
        raise Invalid({"note_id": "note.already_recorded"}) from None
    return db.get_one(FieldNote, note_id)


def _id_in(form: Filled[Any]) -> str | None:
    try:
        return _NOTE_ID.validate_python((form.value("note_id") or [""])[0])
    except ValidationError:
        return None
