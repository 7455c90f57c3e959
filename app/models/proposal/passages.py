"""From one note to the sentences that its labels rest on. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from app.models.action.quoting import bounds
from app.models.field_note.wording import texts_of
from app.models.proposal.shapes import Passage


class Told(Protocol):
    """A note, as far as this needs it."""

    id: str
    held_at: datetime
    answers: Mapping[str, Any]
    sentiment: str


class Label(Protocol):
    tag_id: str
    sentiment: str
    spans: Sequence[Mapping[str, Any]]


def passages(note: Told, labels: Sequence[Label]) -> Iterator[Passage]:
    """Every sentence that a label rests on, once a label; of a label that a person added without words, every sentence.
    What is neither good nor bad counts with the critical ones: it was told for a reason."""
    texts = texts_of(note.answers)
    cuts: dict[str, list[tuple[int, int]]] = {}
    for label in labels:
        told: set[tuple[str, int]] = set()
        for span in label.spans or _everything(texts):
            name = span["field"]
            if name not in cuts:
                cuts[name] = bounds(texts.get(name, ""))
            for start, end in cuts[name]:
                if span["start"] < end and start < span["end"] and (name, start) not in told:
                    told.add((name, start))
                    tone = _tone(span.get("sentiment", ""), label.sentiment, note.sentiment)
                    mark = _mark(span, start, end) if label.spans else (0, 0)
                    text = texts[name][start:end]
                    yield Passage(note.id, note.held_at, label.tag_id, tone, name, start, end, text, *mark)


def _tone(*feelings: str) -> str:
    """What the words say counts first, then the label, then the whole note."""
    said = next((feeling for feeling in feelings if feeling in ("positive", "negative")), "")
    return "positive" if said == "positive" else "critical"


def _mark(span: Mapping[str, Any], start: int, end: int) -> tuple[int, int]:
    return max(span["start"], start) - start, min(span["end"], end) - start


def _everything(texts: Mapping[str, str]) -> list[Mapping[str, Any]]:
    return [{"field": name, "start": 0, "end": len(text)} for name, text in texts.items()]
