"""Words in pieces: the stem carries inflection, runs of letters carry compounds and typing errors. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

KNOWN_WORDS = 50_000
SHORTEST, LONGEST = 3, 6
"""Letters in a run, the borders of the word included."""

_stemmer = snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=KNOWN_WORDS)
def stem(word: str) -> str:
    """Porter's Dutch stem, of an English word too: it need only be the same for words that are alike."""
    return _stemmer.stemWord(word)


def runs(word: str) -> list[str]:
    """Every run of three to six letters of "<word>"."""
    whole = f"<{word}>"
    return [
        f"~{whole[at : at + size]}"
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(len(whole) - size + 1)
    ]


def pairs(stems: Sequence[str]) -> list[str]:
    """Each two neighbouring stems; never over the end of a sentence."""
    return [f"{one} {other}" for one, other in pairwise(stems) if "." not in (one, other)]
