"""Brings what a phone exported through the same door as what it sends: twice is once, and a bad note stays alone."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import ValidationError
from sqlmodel import Session

from app.errors import Fault, Forbidden, Invalid, Problem
from app.models.access import Actor, Permission
from app.models.attachment import accepting
from app.models.attachment.accepting import Unpacked
from app.models.attachment.table import AttachmentKind
from app.models.delivery.exported import Export, ExportedErrand, ExportedNote
from app.models.delivery.receiving import receive
from app.models.field_note import queries as notes
from app.models.field_note.schemas import Announced
from app.models.safari import arriving
from app.models.safari import queries as safaris
from app.models.safari.schemas import BegunDraft, EndedDraft


class Turn(Protocol):
    """Opens a session that commits at its end: `database().writing`."""

    def __call__(self) -> AbstractContextManager[Session]: ...


@dataclass(slots=True)
class Brought:
    """`refused`: what, and why; `apart` were kept in quarantine or beside another version."""

    new: int = 0
    there: int = 0
    apart: int = 0
    files: int = 0
    refused: list[tuple[str, Fault]] = field(default_factory=list)

    @property
    def arrived(self) -> int:
        return self.new + self.there + self.apart


def bring(export: Export, turn: Turn, brought: Brought, *, by: Actor) -> Iterator[None]:
    """Safaris first, then notes each with its files, then that safaris ended. Adds to `brought`; yields after each.

    Forbidden when somebody else made the file: notes never come in under another name.
    """
    if export.index.user_id != by.id:
        raise Forbidden("export.wrong_author")
    if not by.may(Permission.RECORD_NOTE):
        raise Forbidden
    errands = export.index.safaris
    _errands([one for one in errands if one.kind == "opening"], turn, brought, by)
    for note in export.index.notes:
        if _note(export, note, turn, brought, by):
            _files(export, note, turn, brought, by)
        yield
    _errands([one for one in errands if one.kind == "closure"], turn, brought, by)


def _errands(errands: list[ExportedErrand], turn: Turn, brought: Brought, by: Actor) -> None:
    for errand in errands:
        safari_id = errand.safari_id or errand.id
        try:
            with turn() as db:
                if not by.may(Permission.LEAD_SAFARI):
                    raise Forbidden
                if errand.kind == "opening":
                    arriving.begin(db, safari_id, BegunDraft.model_validate_json(errand.bytes), by=by)
                else:
                    ended = EndedDraft.model_validate_json(errand.bytes)
                    arriving.end(db, safaris.get(db, by, safari_id), ended, by=by)
        except ValidationError:
            brought.refused.append((safari_id, ("export.broken", {})))
        except Problem as fault:
            brought.refused.append((safari_id, _said(fault)))


def _note(export: Export, note: ExportedNote, turn: Turn, brought: Brought, by: Actor) -> bool:
    """Whether it is a note here now, to which files belong."""
    try:
        sent = export.note(note)
    except Problem as fault:
        brought.refused.append((note.id, _said(fault)))
        return False
    with turn() as db:
        received = receive(db, note.id, sent, based_on=note.based_on, by=by)
    if received.status == 201:
        brought.new += 1
    elif received.status == 200:
        brought.there += 1
    elif received.receipt:
        brought.apart += 1
        if received.status == 422 and note.attachments:
            brought.refused.append((note.id, ("export.files_wait", {})))
    elif received.fault:
        brought.refused.append((note.id, _said(received.fault)))
    return received.status in (200, 201, 409)


def _files(export: Export, note: ExportedNote, turn: Turn, brought: Brought, by: Actor) -> None:
    for announced, content in export.files(note):
        try:
            file = _unpacked(announced, content)
            with turn() as db:
                _, is_new = accepting.keep(
                    db, notes.get(db, by, note.id), file, sha256=announced.sha256, by=by
                )
            brought.files += is_new
        except Problem as fault:
            brought.refused.append((f"{note.id}/{announced.sha256}", _said(fault)))


def _unpacked(announced: Announced, content: bytes | Problem) -> Unpacked:
    """Decoded before the turn to write."""
    if isinstance(content, Problem):
        raise content
    return accepting.unpacked(content, AttachmentKind(announced.kind))


def _said(fault: Problem) -> Fault:
    return next(iter(fault.fields.values())) if isinstance(fault, Invalid) else (fault.code, fault.details)
