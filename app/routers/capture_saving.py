"""Keeps what a plain capture form brought: the note first, and each file that is what it should be."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session
from starlette.responses import Response

from app.clock import new_id, now
from app.errors import Conflict, Invalid, TooLarge
from app.forms import Filled
from app.models.access import Actor
from app.models.attachment import accepting
from app.models.attachment.accepting import Unpacked
from app.models.attachment.table import AttachmentKind
from app.models.field_note import recording
from app.models.field_note.checking import outlines
from app.models.field_note.form import draft_from
from app.models.field_note.schemas import Announced, NoteDraft, NoteId
from app.models.field_note.table import FieldNote, NoteKind
from app.models.safari import queries as safaris
from app.rendering import see_other

UPLOADS = {"photos": AttachmentKind.PHOTO, "voice": AttachmentKind.VOICE}
_NOTE_ID: TypeAdapter[str] = TypeAdapter(NoteId)


@dataclass(frozen=True, slots=True)
class Brought:
    """A form as typed, its files that are what they should be, each once, and why others are not."""

    form: Filled[NoteDraft]
    files: list[Unpacked]
    refused: list[str]


def save(db: Session, actor: Actor, safari_id: str, brought: Brought, kind: NoteKind) -> Response:
    safari = safaris.get(db, actor, safari_id)
    files, refused = brought.files, brought.refused
    try:
        draft = draft_from(
            brought.form.values,
            outlines.get(db, safari.guide_version_id),
            kind=kind,
            safari_id=safari.id,
            at=now(),
            attachments=[_announced(file) for file in files],
        )
        note = _record(db, id_in(brought.form) or new_id(), draft, actor)
    except Invalid as wrong:
        raise Invalid(
            wrong.fields | ({"attachments": ("note.file_refused", {})} if refused else {})
        ) from None
    for file in files:
        accepting.keep(db, note, file, by=actor)
    if refused:
        return see_other(f"/safaris/{safari.id}/refused-files?" + "&".join(f"why={code}" for code in refused))
    return see_other(f"/safaris/{safari.id}?saved=1")


def unpack(form: Filled[NoteDraft]) -> Brought:
    """Decodes, without the database: for before the turn to write."""
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
    return Brought(form, list(files.values()), sorted(refused))


def _announced(file: Unpacked) -> Announced:
    return Announced(sha256=file.sha256, kind=file.kind.value, size=file.size, media_type=file.media_type)


def _record(db: Session, note_id: str, draft: NoteDraft, actor: Actor) -> FieldNote:
    """Who goes back, changes a word and saves again gets the form once more, under a new id."""
    try:
        recording.record(db, note_id, draft, sent=recording.canonical(draft), by=actor)
    except Conflict:
        raise Invalid({"note_id": "note.already_recorded"}) from None
    return db.get_one(FieldNote, note_id)


def id_in(form: Filled[Any]) -> str | None:
    try:
        return _NOTE_ID.validate_python((form.value("note_id") or [""])[0])
    except ValidationError:
        return None
