"""From a note to the sentences that others can rest on, each with the words that matter most in it. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.models.field_note.wording import texts_of

# Possessive, from the first of a run, and a short look back: a page of dots took six seconds.
ENDS = re.compile(r"(?<![.!?…])[.!?…]++[\"'’”)]*+(?=\s)|\n+")
SHORT_FORMS = re.compile(r"\b(mevr|mw|dhr|hr|bijv|nr|incl|excl|ca|dr|drs|st|[A-Z])\.$", re.IGNORECASE)
LOOK_BACK = 8
PICK = re.compile(r"([\w-]{1,60}):(\d{1,6})-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Span:
    """Marked characters of one field."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters start to end of a field as they literally stand; the mark counts from the quote's own start."""

    field: str
    start: int
    end: int
    text: str
    mark_start: int = 0
    mark_end: int = 0

    @property
    def pick(self) -> str:
        return f"{self.field}:{self.start}-{self.end}"

    @property
    def marked(self) -> bool:
        return self.mark_end > self.mark_start


def sentences(answers: Mapping[str, Any], spans: Iterable[Span]) -> list[Quote]:
    """Every sentence of every text field, in the order of the note."""
    marks = list(spans)
    found = [
        quote(answers, name, start, end, marks)
        for name, text in texts_of(answers).items()
        for start, end in bounds(text)
    ]
    return [sentence for sentence in found if sentence]


def picked(answers: Mapping[str, Any], pick: str, spans: Iterable[Span]) -> Quote | None:
    """The quote that "field:start-end" points at; None when the note has no such words."""
    found = PICK.fullmatch(pick)
    return quote(answers, found[1], int(found[2]), int(found[3]), spans) if found else None


def quote(answers: Mapping[str, Any], name: str, start: int, end: int, spans: Iterable[Span]) -> Quote | None:
    text = texts_of(answers).get(name, "")
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return None
    inside = [(max(s.start, start), min(s.end, end)) for s in spans if s.field == name]
    first = next(((s, e) for s, e in inside if s < e), (start, start))
    return Quote(name, start, end, text[start:end], first[0] - start, first[1] - start)


def bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it."""
    cuts = [
        m.end()
        for m in ENDS.finditer(text)
        if not SHORT_FORMS.search(text, max(0, m.end() - LOOK_BACK), m.end())
    ]
    edges = [0, *cuts, len(text)]
    return [trimmed for start, end in pairwise(edges) if (trimmed := _trimmed(text, start, end))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    words = piece.strip()
    if not any(c.isalnum() for c in words):
        return None
    start += piece.index(words)
    return start, start + len(words)
