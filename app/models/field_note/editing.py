"""The author changes an own note: a new version, or one beside it when somebody else was first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.errors import Conflict, Forbidden
from app.models.access import Actor, Permission
from app.models.field_note import recording, revising
from app.models.field_note.forming import columns_of, draft_of
from app.models.field_note.schemas import LAST_REVISION, NoteDraft
from app.models.field_note.showing import Line, lines
from app.models.field_note.table import FieldNote, NoteEdit
from app.models.guide.queries import Outline
from app.models.location.table import Location


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is not the newest any more, with what was said in it; `until` somebody changed it."""

    revision: int
    until: datetime
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Versions:
    """`former` are without lines for who may only read the note: words may have been taken out on purpose."""

    waiting: Sequence[NoteEdit]
    former: Sequence[Version]
    may_edit: bool
    may_settle: bool


def may_edit(note: FieldNote, actor: Actor) -> bool:
    """Of a customer who would rather not there is nothing to change, nor where the words went."""
    said = not (note.declined or note.emptied_at)
    return note.author_id == actor.id and actor.may(Permission.RECORD_NOTE) and said


def may_settle(note: FieldNote, actor: Actor, place: Location) -> bool:
    """Who made the note, and a manager of the place."""
    own = note.author_id == actor.id and actor.may(Permission.RECORD_NOTE)
    return own or actor.may(Permission.SETTLE_NOTE, at=place.path)


def edit(db: Session, note: FieldNote, draft: NoteDraft, *, based_on: int, by: Actor) -> NoteEdit | None:
    """The version that was kept beside the note because another was first; None when it became the newest."""
    if not may_edit(note, by):
        raise Forbidden("note.wrong_author")
    guide = revising.guide_of(db, note)
    now_there = draft_of(note, guide)
    draft = draft.model_copy(
        update={
            "revision": min(based_on + 1, LAST_REVISION),
            "consent": now_there.consent,
            "channel": now_there.channel,
            "attachments": now_there.attachments,
        }
    )
    if note.revision == based_on and _same(columns_of(draft, guide), note):
        return None
    sent = recording.canonical(draft)
    return record_or_keep(db, note.id, draft, sent, based_on=based_on, by=by, author_id=note.author_id)


def record_or_keep(
    db: Session,
    note_id: str,
    draft: NoteDraft,
    sent: bytes,
    *,
    based_on: int | None,
    by: Actor,
    author_id: str,
) -> NoteEdit | None:
    """The edit that now stands beside the note, when somebody else changed it meanwhile; None when it is recorded."""
    whose: dict[str, Any] = {"sent": sent, "based_on": based_on, "by": by, "author_id": author_id}
    try:
        with db.begin_nested():
            recording.record(db, note_id, draft, **whose)
    except Conflict:
        return revising.keep_beside(db, note_id, draft, **whose)
    return None


def _same(columns: dict[str, object], note: FieldNote) -> bool:
    return all(getattr(note, name) == columns[name] for name in ("answers", "effect", "declined"))


def versions(db: Session, note: FieldNote, guide: Outline, place: Location, *, by: Actor) -> Versions:
    """In one question; the newest of the former first."""
    every = select(NoteEdit).where(NoteEdit.note_id == note.id)
    edits = db.exec(every.order_by(col(NoteEdit.created_at).desc(), col(NoteEdit.id).desc())).all()
    settles = may_settle(note, by, place)
    former = [
        Version(one.revision, one.created_at, lines(as_note(one, note), guide, []) if settles else [])
        for one in edits
        if one.settled_at
    ]
    waiting = [one for one in edits if not one.settled_at]
    return Versions(waiting, former, may_edit(note, by), settles)


def as_note(edit: NoteEdit, note: FieldNote) -> FieldNote:
    """That version, never stored: only to be shown as any note is."""
    return FieldNote(
        safari_id=note.safari_id,
        location_id=note.location_id,
        author_id=edit.author_id,
        kind=note.kind,
        held_at=note.held_at,
        answers=edit.draft["answers"],
    )
