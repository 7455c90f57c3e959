"""A posted form becomes the same draft that a phone sends. Pure: fields in, draft out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from app.errors import Fault, Invalid
from app.models.consent.table import Purpose
from app.models.field_note.checking import MOST_QUOTES
from app.models.field_note.schemas import Announced, NoteDraft
from app.models.field_note.table import NoteKind
from app.models.guide.queries import Outline
from app.models.guide.table import Question, QuestionKind

Fields = Mapping[str, Sequence[str]]
"""Texts by field: "answers.KEY", "literal.KEY", "answers.quote-N", "consent", "consent.PURPOSE", "effect", …"""


def draft_from(
    fields: Fields,
    guide: Outline,
    *,
    kind: NoteKind,
    safari_id: str,
    at: datetime,
    attachments: Sequence[Announced] = (),
) -> NoteDraft:
    """`at` is when it was held, unless the form says so itself. Raises Invalid by form field."""
    sent: dict[str, Any] = {
        "safari_id": safari_id,
        "kind": kind,
        "held_at": _held_at(fields, at),
        "attachments": [announced.model_dump() for announced in attachments],
    }
    sent["consents"] = _consents(fields)
    sent |= _observation(fields) if kind == NoteKind.OBSERVATION else _interview(fields, guide)
    try:
        return NoteDraft.model_validate(sent)
    except ValidationError as wrong:
        raise Invalid(faults_in(wrong)) from None


def _interview(fields: Fields, guide: Outline) -> dict[str, Any]:
    faults: dict[str, Fault] = {}
    answers: dict[str, Any] = {}
    for question in guide.questions:
        name = f"answers.{question.key}"
        given = [text for text in fields.get(name, ()) if text.strip()]
        try:
            if given:
                answers[question.key] = _answer(question, given, literal=_literal(fields, question.key))
        except ValueError:
            faults[name] = ("field.int_parsing", {})
    if (consent := _one(fields, "consent")) not in ("yes", "no"):
        faults["consent"] = ("note.consent_missing", {})
    if faults:
        raise Invalid(faults)
    declined = consent == "no"
    return {
        "consent": "" if declined else guide.version.consent_version,
        "declined": declined,
        "answers": answers | _quotes(fields),
        "call_back": _call_back(fields),
    }


def _consents(fields: Fields) -> list[dict[str, str]] | None:
    """The version of each text that was read, by "consent.PURPOSE"; None of a form of before there were any."""
    read = {purpose: _one(fields, f"consent.{purpose}") for purpose in Purpose}
    if not any(read.values()):
        return None
    return [{"purpose": purpose, "version": version} for purpose, version in read.items() if version]


def _answer(question: Question, given: list[str], *, literal: bool) -> dict[str, Any]:
    match question.kind:
        case QuestionKind.OPEN:
            return {"value": given[0], "literal": literal}
        case QuestionKind.MULTIPLE:
            return {"value": given}
        case QuestionKind.SCALE | QuestionKind.NUMBER:
            return {"value": int(given[0])}
        case QuestionKind.YES_NO if given[0] in ("true", "false"):
            return {"value": given[0] == "true"}
        case _:
            return {"value": given[0]}


def _quotes(fields: Fields) -> dict[str, Any]:
    """Numbered anew, so that an empty box in between leaves no gap."""
    names = [f"quote-{number}" for number in range(1, MOST_QUOTES + 1)]
    said = [(name, text) for name in names if (text := _one(fields, f"answers.{name}"))]
    return {
        f"quote-{n}": {"value": text, "literal": _literal(fields, name)}
        for n, (name, text) in enumerate(said, 1)
    }


def _observation(fields: Fields) -> dict[str, Any]:
    answers: dict[str, Any] = {"words": {"value": list(fields.get("answers.words", ()))}}
    answers["text"] = {"value": _one(fields, "answers.text")}
    return {"answers": answers, "effect": _one(fields, "effect") or None}


def _call_back(fields: Fields) -> dict[str, str] | None:
    """Who typed a number but forgot to choose "yes" means yes."""
    wish = _one(fields, "call_back")
    name, reach = _one(fields, "call_back.name"), _one(fields, "call_back.reach")
    return {"name": name, "reach": reach} if wish == "yes" or (wish != "no" and reach) else None


def _held_at(fields: Fields, at: datetime) -> datetime:
    try:
        held_at = datetime.fromisoformat(_one(fields, "held_at"))
    except ValueError:
        return at
    return held_at if held_at.tzinfo else at


def _literal(fields: Fields, key: str) -> bool:
    return _one(fields, f"literal.{key}") != "false"


def _one(fields: Fields, name: str) -> str:
    given = fields.get(name, ())
    return given[-1].replace("\r\n", "\n").strip() if given else ""


def faults_in(wrong: ValidationError) -> dict[str, Fault]:
    """What is wrong with a draft, by its field, without the input itself."""
    faults: dict[str, Fault] = {}
    for error in wrong.errors(include_input=False, include_url=False):
        name = ".".join(str(step) for step in error["loc"][:2]) or "consent"
        context: dict[str, object] = {
            k: v for k, v in error.get("ctx", {}).items() if isinstance(v, str | int)
        }
        own = error["type"] == "value_error"
        code = str(error["ctx"]["error"]) if own else f"field.{error['type']}"
        # A union complains once for each type it tried; only the text's own complaint means something here.
        if name not in faults or code == "field.string_too_long":
            faults[name] = (code, context)
    return faults
