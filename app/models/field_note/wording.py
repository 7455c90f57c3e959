"""What a note says in words: its text fields, its headline, its number and its channel. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.guide.queries import Outline
from app.models.record import in_language
from app.settings import settings

HEADLINE = 140


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    literal: bool


def texts_of(answers: Mapping[str, Any]) -> dict[str, str]:
    """Field -> text, for every field in which somebody's words stand. Choices are keys, not words."""
    return {name: answer["value"] for name, answer in answers.items() if is_words(name, answer)}


def is_words(name: str, answer: Mapping[str, Any]) -> bool:
    return isinstance(answer["value"], str) and (answer.get("literal") is not None or name == "text")


def headline_of(answers: Mapping[str, Any], guide: Outline) -> Headline:
    """The customer's own sentence where there is one: a quote first, then the first text, literal before retold;
    else the quick words of an observation, in the organisation's language.
    """
    texts = texts_of(answers)
    literal = {name for name in texts if answers[name].get("literal")}
    ranked = sorted(texts, key=lambda name: (not name.startswith("quote-"), name not in literal))
    if not ranked:
        return Headline(_quick_words(answers, guide), literal=False)
    return Headline(_shortened(texts[ranked[0]]), literal=ranked[0] in literal)


def _quick_words(answers: Mapping[str, Any], guide: Outline) -> str:
    chosen = answers.get("words", {}).get("value", [])
    listed = guide.version.quick_words
    return ", ".join(in_language(word, settings().language) for word in listed if word["key"] in chosen)


def _shortened(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    if len(first) <= HEADLINE:
        return first
    ends = max(first.rfind(mark, 20, HEADLINE) for mark in ".!?")
    return first[: ends + 1] if ends > 0 else first[: first.rfind(" ", 0, HEADLINE)].rstrip(",;:") + "…"


def number_in(answers: Mapping[str, Any], guide: Outline, role: str) -> int | None:
    value = value_in(answers, guide, role)
    return value if type(value) is int else None


def value_in(answers: Mapping[str, Any], guide: Outline, role: str) -> Any:
    """The answer to the guide's question in that role, such as "nps" or "channel"."""
    question = guide.in_role(role)
    return answers.get(question.key, {}).get("value") if question else None
