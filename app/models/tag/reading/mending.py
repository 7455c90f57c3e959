"""Typing errors: of a word that nobody knows, the word that it is one slip away from. Pure.

A slip is a letter too many, too few or wrong, or two that changed places (optimal string alignment). The first letter
is hardly ever the wrong one, and holding on to it keeps many other words out.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA
from simplemma import is_known

from app.models.tag.reading.patterns import PIECE
from app.models.tag.reading.words import TOKEN, bare

SHORTEST = 6
"""Letters: shorter words have too many neighbours that mean something else."""
OFTEN = 2
"""Times in the examples from which a word is worth mending to: it says something, and is no slip itself."""
LANGUAGES = ("nl", "en")


class Mender:
    """`counts` are words that may have been meant, with how often they are said."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self._near: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word, often in sorted(counts.items()):
            if often >= OFTEN and len(word) >= SHORTEST - 1 and _is_plain(word):
                self._near[word[0], len(word)].append(word)

    def mended(self, word: str) -> str:
        """`word` is folded; itself when it is short, known in Dutch or English, or like nothing."""
        if len(word) < SHORTEST or word in self.counts or not _is_plain(word):
            return word
        size = len(word)
        near = [one for n in (size - 1, size, size + 1) for one in self._near.get((word[0], n), ())]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=1, limit=None)
        # Asked last: it is slow, and few words are like any other.
        if not found or is_known(word, LANGUAGES, low_memory=True):
            return word
        return max((one for one, *_ in found), key=lambda one: (self.counts[one], one))


def mender_of(patterns: Iterable[str], examples: Sequence[Path]) -> Mender:
    """Of the words that patterns name, and those that the lines of these files say."""
    pieces = (piece.strip("?").removesuffix("*") for one in patterns for piece in PIECE.findall(one))
    named = Counter(dict.fromkeys((piece for piece in pieces if _is_plain(piece)), OFTEN))
    return Mender(said_in(*examples) | named)


@lru_cache(maxsize=4)
def said_in(*files: Path) -> Counter[str]:
    said: Counter[str] = Counter()
    for path in files:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                said.update(bare(found[0]) for found in TOKEN.finditer(text) if found.lastgroup == "word")
    return said


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()
