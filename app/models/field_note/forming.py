"""From a draft to what a note's row says, and back. Pure."""

from typing import Any

from app.masking import masked
from app.models.field_note import wording
from app.models.field_note.schemas import MOST_FILES, NoteDraft
from app.models.field_note.table import FieldNote, NoteKind
from app.models.guide.queries import Outline
from app.models.guide.table import QuestionKind


def columns_of(draft: NoteDraft, guide: Outline) -> dict[str, Any]:
    """All that follows from what was said; not whose note it is, nor where it belongs."""
    answers = _answers(draft, guide)
    headline = wording.headline_of(answers, guide)
    return {
        "kind": draft.kind,
        "revision": draft.revision,
        "held_at": draft.held_at,
        "consent": draft.consent,
        "declined": draft.declined,
        "answers": answers,
        "announced": [announced.model_dump() for announced in draft.attachments],
        "headline": headline.text,
        "headline_literal": headline.literal,
        "effect": draft.effect,
        "channel": draft.channel or wording.value_in(answers, guide, "channel"),
        "nps": wording.number_in(answers, guide, "nps"),
    }


def _answers(draft: NoteDraft, guide: Outline) -> dict[str, Any]:
    """Words always say whether they are literal; choices and numbers never do."""
    said = {question.key for question in guide.questions if question.kind == QuestionKind.OPEN}
    kept: dict[str, Any] = {}
    for name, answer in draft.answers.items():
        kept[name] = {"value": masked(answer.value) if isinstance(answer.value, str) else answer.value}
        if (
            name in said
            or name.startswith("quote-")
            or (draft.kind == NoteKind.OBSERVATION and name == "text")
        ):
            kept[name]["literal"] = bool(answer.literal)
    return kept


def draft_of(note: FieldNote, guide: Outline) -> NoteDraft:
    """The note as it stands, without whom to call back. A channel that the guide asked is among the answers."""
    asked = wording.value_in(note.answers, guide, "channel")
    return NoteDraft.model_validate(
        {
            "safari_id": note.safari_id,
            "kind": note.kind,
            "author_id": note.author_id,
            "revision": note.revision,
            "held_at": note.held_at,
            "consent": note.consent,
            "declined": note.declined,
            "answers": note.answers,
            "effect": note.effect,
            "channel": note.channel if note.channel != asked else None,
            # Two versions together may name more than one draft can; the note itself keeps naming them all.
            "attachments": note.announced[:MOST_FILES],
        }
    )


def with_more_files(announced: list[dict[str, Any]], draft: NoteDraft) -> list[dict[str, Any]]:
    """What either version announced: a photo is never let go because words changed."""
    known = {file["sha256"] for file in announced}
    return announced + [file.model_dump() for file in draft.attachments if file.sha256 not in known]
