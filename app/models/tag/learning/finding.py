"""What the lexicon says of a passage, as numbers that the model weighs along with the words. Pure."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.models.tag.reading import mood
from app.models.tag.reading.lexicon import Lexicon
from app.models.tag.reading.matching import Hit, matches
from app.models.tag.reading.mood import Feeling
from app.models.tag.reading.scoring import by_theme, score
from app.models.tag.reading.words import Text

LONGEST = 45
"""Words of a passage: about what one of the examples says. It ends with a sentence where that is possible."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text with every rule that hits in it: per theme, and as feelings."""

    text: Text
    themes: dict[str, list[Hit]]
    felt: list[Feeling]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words [first, last) of a text, with what the lexicon found in them."""

    found: Found
    first: int
    last: int
    themes: dict[str, list[Hit]]
    felt: list[Feeling]

    @property
    def words(self) -> tuple[str, ...]:
        return self.found.text.words[self.first : self.last]

    def hits(self, slug: str) -> list[Hit]:
        return self.themes.get(slug, [])

    def said(self, first: int | None = None, last: int | None = None) -> str:
        """As it was written: all of it, or the words [first, last) of its text."""
        text = self.found.text
        begins, ends = self.first if first is None else first, self.last if last is None else last
        return text.raw[text.starts[begins] : text.ends[ends - 1]]


def search(text: Text, lexicon: Lexicon) -> Found:
    hits = matches(text, lexicon)
    themes = by_theme(hits, lexicon.themes)
    standing = {id(hit) for kept in themes.values() for hit in kept}
    felt = mood.feelings(text, [h for h in hits if id(h) in standing or h.rule.kind not in lexicon.themes])
    return Found(text, themes, felt)


def passages(found: Found) -> list[Passage]:
    """The text in pieces of at most LONGEST words, cut after a sentence; a longer sentence is cut in the middle."""
    words, cuts, start = found.text.words, [0], 0
    while len(words) - start > LONGEST:
        stops = [at + 1 for at in range(start, start + LONGEST) if words[at] == "."]
        start = stops[-1] if stops else start + LONGEST
        cuts.append(start)
    cuts.append(len(words))
    made = [Passage(found, a, b, {}, []) for a, b in pairwise(cuts) if b > a]
    for slug, hits in found.themes.items():
        for hit in hits:
            made[_holding(cuts, hit.first)].themes.setdefault(slug, []).append(hit)
    for one in found.felt:
        made[_holding(cuts, one.first)].felt.append(one)
    return made


def _holding(cuts: Sequence[int], word: int) -> int:
    return bisect_right(cuts, word) - 1


def numbers(
    passage: Passage, rules: Sequence[str], near: tuple[int, int] | None = None
) -> NDArray[np.float32]:
    """Scores of the themes in `rules`, then the feeling of the passage and of the words `near` (first, last)."""
    scores = [score(passage.hits(slug)) if slug in passage.themes else 0.0 for slug in rules]
    whole = feeling(passage, (passage.first, passage.last))
    return np.array([*scores, *whole, *(feeling(passage, near) if near else whole)], np.float32)


def feeling(passage: Passage, near: tuple[int, int]) -> tuple[float, float, float]:
    """All together, the good and the bad of the words [first, last), each between -1 and 1."""
    first, last = near
    here = [f.valence for f in passage.felt if f.last > first and f.first < last]
    good, bad = sum(v for v in here if v > 0), sum(v for v in here if v < 0)
    return math.tanh(mood.weighed(here) / 2), math.tanh(good / 2), math.tanh(bad / 2)
