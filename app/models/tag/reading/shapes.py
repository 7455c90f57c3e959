"""What a reading takes in besides words, and what it hands out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """How far a field tells what happened, 0..1: `themes` for what it is about, `feeling` for how it was.

    What stood in the way sounds critical in a good story too, and advice is about what is not there yet.
    """

    themes: float = 1.0
    feeling: float = 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the note: texts[field][start:end], counted in code points; sentiment positive, negative or neutral."""

    field: str
    start: int
    end: int
    sentiment: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme, how sure (0..1), the words it rests on, and the pattern that weighed most as its reason."""

    slug: str
    score: float
    spans: tuple[Span, ...]
    sentiment: str
    origin: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All suggestions of a note, surest first, and the sentiment of the whole note."""

    suggestions: tuple[Suggestion, ...]
    sentiment: str
