"""One note by its meaning: every text of it is encoded once. Slow: never within a request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.models.tag.learning.finding import Passage
from app.models.tag.learning.model import Vector
from app.models.tag.meaning.encoder import Encoder
from app.models.tag.meaning.head import Head
from app.models.tag.reading import evidence


@dataclass(slots=True)
class Sense:
    """An encoder and what was learned on its vectors."""

    encoder: Encoder
    head: Head
    _known: dict[str, Vector] = field(default_factory=dict)

    def take_in(self, passages: Iterable[Passage]) -> None:
        """All passages of a note at once; what was known of the former one is forgotten."""
        self._known.clear()
        self._vectors([passage.said() for passage in passages])

    def weighed(self, passage: Passage, by_words: Vector) -> Vector:
        """Logits of every column by words and meaning together."""
        return self.head.weighed(by_words, self._vectors([passage.said()])[0])

    def felt(self, passage: Passage, by_words: Vector, first: int, last: int) -> Vector:
        """Logits of the moods of the clause around the words [first, last)."""
        first, last = evidence.clause(passage.found.text, first, last)
        whole, near = self._vectors([passage.said(), passage.said(first, last)])
        return self.head.weighed_moods(by_words, whole, near)

    def nearest(self, passage: Passage, column: int) -> tuple[int, int]:
        """The words [first, last) of the clause that says most of a theme."""
        ranges = _clauses(passage)
        near = self.head.nearness(self._vectors([passage.said(*one) for one in ranges]))[:, column]
        return ranges[int(near.argmax())]

    def _vectors(self, texts: Sequence[str]) -> Vector:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self.encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts])


def _clauses(passage: Passage) -> list[tuple[int, int]]:
    """Without those that are only a stop."""
    text, found, first = passage.found.text, list[tuple[int, int]](), passage.first
    while first < passage.last:
        last = min(evidence.clause(text, first, first + 1)[1], passage.last)
        if text.words[first] != ".":
            found.append((first, last))
        first = max(last, first + 1)
    return found
