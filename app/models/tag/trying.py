"""Which themes one sentence would get now. Nothing of it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sqlmodel import Session

from app.models.tag import queries
from app.models.tag.learned import current_model
from app.models.tag.learning.suggesting import suggest
from app.models.tag.reading import Span, Suggestion
from app.models.tag.table import Tag
from app.models.tag.vocabulary import lexicon_for


@dataclass(frozen=True, slots=True)
class Trial:
    """`pieces` are the whole sentence as (text, does the theme rest on it)."""

    tag: Tag
    suggestion: Suggestion
    pieces: list[tuple[str, bool]]


def try_sentence(db: Session, text: str) -> list[Trial]:
    """Surest first; only themes that are switched on."""
    tags = {tag.slug: tag for tag in queries.active(db)}
    found = suggest({"text": text}, lexicon_for(db), current_model(db)).suggestions
    return [Trial(tags[s.slug], s, _pieces(text, s.spans)) for s in found if s.slug in tags]


def _pieces(text: str, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    lit = [(span.start, span.end) for span in spans]
    edges = sorted({0, len(text), *(edge for span in lit for edge in span)})
    return [
        (text[start:end], any(first <= start and end <= last for first, last in lit))
        for start, end in pairwise(edges)
    ]
