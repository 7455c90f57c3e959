"""Records feedback that was gathered elsewhere as the customers' own words, through the same verb as any note."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError
from sqlmodel import Session, col, select

from app.errors import Fault, Forbidden, Invalid
from app.models.access import Actor, Permission
from app.models.field_note import checking, recording
from app.models.field_note.lines import COLUMNS, Line
from app.models.field_note.schemas import NoteDraft, Text
from app.models.field_note.table import NoteKind, Receipt
from app.models.guide.queries import Outline
from app.models.safari import queries as safaris
from app.models.safari.table import Safari
from app.settings import settings


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings().time_zone))


class LineDraft(BaseModel):
    """A time without a zone is on the organisation's own clock."""

    text: Annotated[Text, Field(min_length=1)]
    held_at: Annotated[datetime, AfterValidator(_aware)] | None = None
    nps: Annotated[int, Field(ge=0, le=10)] | None = None
    channel: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None


@dataclass(slots=True)
class Outcome:
    """`refused` by line number; `ignored` are names of fields that mean nothing to us."""

    new: int = 0
    there: int = 0
    refused: dict[int, Fault] = field(default_factory=dict)
    ignored: dict[str, None] = field(default_factory=dict)
    seen: Counter[UUID] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        return self.new + self.there


def take_in(db: Session, safari_id: str, lines: Iterable[Line], outcome: Outcome, *, by: Actor) -> None:
    """Adds to `outcome`. An id follows from what the line says, so the same file again adds nothing; a line that
    stands in it twice was said twice. NotFound when the safari is not there or not this person's to see."""
    if not by.may(Permission.RECORD_NOTE):
        raise Forbidden
    safari = safaris.get(db, by, safari_id)
    guide = checking.outlines.get(db, safari.guide_version_id)
    drafts: dict[str, tuple[int, LineDraft]] = {}
    for line in lines:
        if draft := _read(line, outcome):
            drafts[_id_of(safari, draft, outcome)] = line.number, draft
    known = set(db.exec(select(Receipt.note_id).where(col(Receipt.note_id).in_(drafts))))
    outcome.there += len(known)
    for note_id, (number, draft) in drafts.items():
        if note_id in known:
            continue
        note = _as_note(draft, safari, guide)
        try:
            recording.record(db, note_id, note, sent=recording.canonical(note), by=by)
        except Invalid as wrong:
            outcome.refused[number] = next(iter(wrong.fields.values()))
        else:
            outcome.new += 1


def _read(line: Line, outcome: Outcome) -> LineDraft | None:
    if line.fault:
        outcome.refused[line.number] = line.fault
        return None
    outcome.ignored.update(dict.fromkeys(name for name in line.values if name not in COLUMNS))
    try:
        return LineDraft.model_validate(line.values)
    except ValidationError as wrong:
        error = wrong.errors(include_url=False, include_input=False)[0]
        outcome.refused[line.number] = ("import.wrong_value", {"field": str(error["loc"][0])})
        return None


def _id_of(safari: Safari, draft: LineDraft, outcome: Outcome) -> str:
    said = json.dumps(draft.model_dump(mode="json"), sort_keys=True)
    content = uuid5(UUID(safari.id), said)
    outcome.seen[content] += 1
    return str(uuid5(content, str(outcome.seen[content])))


def _as_note(draft: LineDraft, safari: Safari, guide: Outline) -> NoteDraft:
    """An interview, where the guide asks for a story; otherwise an observation."""
    heard = {
        "safari_id": safari.id,
        "held_at": draft.held_at or safari.started_at or safari.created_at,
        "channel": draft.channel,
    }
    story = guide.in_role("story")
    if story is None:
        return NoteDraft.model_validate(
            heard | {"kind": NoteKind.OBSERVATION, "answers": {"text": {"value": draft.text}}}
        )
    answers: dict[str, Any] = {story.key: {"value": draft.text, "literal": True}}
    if draft.nps is not None and (number := guide.in_role("nps")):
        answers[number.key] = {"value": draft.nps}
    if draft.channel and (key := _channel(draft.channel, guide)):
        answers[key[0]] = {"value": key[1]}
        heard["channel"] = None
    return NoteDraft.model_validate(heard | {"kind": NoteKind.INTERVIEW, "answers": answers})


def _channel(said: str, guide: Outline) -> tuple[str, str] | None:
    """The guide's own choice that is meant, by its key or its words."""
    asked = guide.in_role("channel")
    for choice in asked.choices if asked else []:
        if said.casefold() in (words.casefold() for words in choice.values()):
            return asked.key, choice["key"]  # type: ignore[union-attr]
    return None
