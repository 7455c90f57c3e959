"""Two versions of one note: a person chooses for each field which words stay, or both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import Session, select

from app.clock import now
from app.errors import Conflict, Fault, Forbidden, Invalid, NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note import contacting, editing, recording, revising
from app.models.field_note.editing import as_note
from app.models.field_note.forming import draft_of
from app.models.field_note.schemas import LAST_REVISION, MOST_TEXT, NoteDraft
from app.models.field_note.showing import Line, lines
from app.models.field_note.table import FieldNote, NoteEdit
from app.models.guide.queries import Outline
from app.models.location.table import Location


class Choice(StrEnum):
    HERE = "here"
    THERE = "there"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that the two say differently. A line is None when that version does not have the field; `effect` and
    `call_back` have no lines: their values are `here_value` and `there_value`."""

    name: str
    here: Line | None = None
    there: Line | None = None
    here_value: str | None = None
    there_value: str | None = None
    may_be_both: bool = False


def get(db: Session, note: FieldNote, edit_id: str, *, by: Actor) -> NoteEdit:
    edit = db.exec(select(NoteEdit).where(NoteEdit.id == edit_id, NoteEdit.note_id == note.id)).first()
    if edit is None:
        raise NotFound
    if not editing.may_settle(note, by, db.get_one(Location, note.location_id)):
        raise Forbidden("note.wrong_author")
    return edit


def differences(note: FieldNote, edit: NoteEdit, guide: Outline) -> list[Difference]:
    """In the order in which the note is read."""
    here = {line.key: line for line in lines(note, guide, [])}
    there = {line.key: line for line in lines(as_note(edit, note), guide, [])}
    ours, theirs = note.answers, edit.draft["answers"]
    found = [
        Difference(name, here.get(name), there.get(name), may_be_both=_joined(ours, theirs, name) is not None)
        for name in dict.fromkeys([*here, *there])
        if ours.get(name) != theirs.get(name)
    ]
    if note.effect != edit.draft.get("effect"):
        found.append(
            Difference("effect", here_value=note.effect or "", there_value=edit.draft.get("effect") or "")
        )
    if edit.draft.get("call_back"):
        found.append(Difference("call_back", here_value="", there_value=""))
    return found


def settle(
    db: Session, note: FieldNote, edit: NoteEdit, choices: Mapping[str, str], *, based_on: int, by: Actor
) -> None:
    """Makes one version of the two. Invalid by field while something was not chosen; Conflict when the note changed
    since `based_on`. Settling twice is settling once."""
    if edit.settled_at:
        return
    if note.revision != based_on:
        raise Conflict("note.changed_meanwhile")
    guide = revising.guide_of(db, note)
    chosen = _chosen(differences(note, edit, guide), choices)
    if merged := _merged(note, edit, guide, chosen):
        kept = editing.record_or_keep(
            db,
            note.id,
            merged,
            recording.canonical(merged),
            based_on=based_on,
            by=by,
            author_id=note.author_id,
        )
        if kept is not None:
            raise Conflict("note.changed_meanwhile")
    edit.settled_at, edit.settled_by_id = now(), by.id
    log(db, "note.edit_settled", "field_note", note.id, by=by, at=note.location_id, edit=edit.id)
    db.flush()


def _chosen(found: Sequence[Difference], choices: Mapping[str, str]) -> dict[str, Choice]:
    faults: dict[str, Fault] = {}
    chosen: dict[str, Choice] = {}
    for one in found:
        try:
            chosen[one.name] = Choice(choices.get(one.name, ""))
        except ValueError:
            faults[f"choice.{one.name}"] = ("note.choose", {})
    if faults:
        raise Invalid(faults)
    return chosen


def _merged(
    note: FieldNote, edit: NoteEdit, guide: Outline, chosen: Mapping[str, Choice]
) -> NoteDraft | None:
    """None when all stays as it is."""
    if all(choice == Choice.HERE for choice in chosen.values()):
        return None
    draft = draft_of(note, guide).model_dump(by_alias=True)
    draft["revision"] = min(max(note.revision, edit.revision) + 1, LAST_REVISION)
    ours, theirs = note.answers, edit.draft["answers"]
    for name, choice in chosen.items():
        if name == "effect" and choice != Choice.HERE:
            draft["effect"] = edit.draft.get("effect")
        elif name == "call_back" and choice != Choice.HERE:
            draft["call_back"] = contacting.unsealed(note.id, edit.draft["call_back"])
        elif name not in ("effect", "call_back"):
            _put(draft["answers"], name, _pick(ours, theirs, name, choice))
    if chosen and edit.draft.get("declined") and not draft["answers"]:
        draft["declined"] = True
    return NoteDraft.model_validate(draft)


def _pick(ours: Mapping[str, Any], theirs: Mapping[str, Any], name: str, choice: Choice) -> Any:
    if choice == Choice.BOTH and (both := _joined(ours, theirs, name)):
        return both
    return theirs.get(name) if choice == Choice.THERE else ours.get(name)


def _put(answers: dict[str, Any], name: str, answer: Any) -> None:
    if answer is None:
        answers.pop(name, None)
    else:
        answers[name] = answer


def _joined(ours: Mapping[str, Any], theirs: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """Two texts below each other, two choices together; None where only one can be true, or both do not fit."""
    if name not in ours or name not in theirs:
        return None
    one, other = ours[name], theirs[name]
    if isinstance(one["value"], list) and isinstance(other["value"], list):
        return {"value": list(dict.fromkeys(one["value"] + other["value"]))}
    if "literal" not in one or one["value"] == other["value"]:
        return None
    text = f"{one['value']}\n\n{other['value']}"
    literal = bool(one["literal"] and other.get("literal"))
    return {"value": text, "literal": literal} if len(text) <= MOST_TEXT else None
