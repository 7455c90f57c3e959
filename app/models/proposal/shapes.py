"""A sentence of a customer, and customers who say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

Anchor = tuple[str, str, int]
"""Which sentence: note, field, and where it begins."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a note, characters start to end of its field, with what a label marked in it (counted from the
    sentence's own start). `tone` is "positive" or "critical"."""

    note_id: str
    held_at: datetime
    tag_id: str
    tone: str
    field: str
    start: int
    end: int
    text: str
    mark_start: int = 0
    mark_end: int = 0

    @property
    def anchor(self) -> Anchor:
        return self.note_id, self.field, self.start

    @property
    def pick(self) -> str:
        return f"{self.note_id}/{self.field}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Group:
    """`quotes`: of each customer the clearest sentence, the oldest first; `members`: all their sentences."""

    tag_id: str
    tone: str
    quotes: Sequence[Passage]
    members: Sequence[Passage]

    @property
    def days(self) -> int:
        """How many days lie between the first and the last, both counted."""
        return (self.quotes[-1].held_at.date() - self.quotes[0].held_at.date()).days + 1
