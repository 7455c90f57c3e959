"""How much each word of a sentence weighs: a rare word more than a common one, and an amount most of all. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

from app.models.proposal.stems import boost, root, stems_of

Vector = Mapping[str, float]
BACKGROUND = 50
"""As if so many sentences more were there: among three that say the same, the word they share is not a common one."""


class Words:
    """How rare each word is among these sentences, and with that the weights of any sentence."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._stems = {text: stems_of(text) for text in texts}
        self._seen = Counter(stem for stems in self._stems.values() for stem in stems)
        self._vectors: dict[str, Vector] = {}

    def vector(self, text: str) -> Vector:
        """Stem -> weight, as long as 1 together."""
        known = self._vectors.get(text)
        if known is None:
            known = self._vectors[text] = self._weighed(self._stems.get(text) or stems_of(text))
        return known

    def _weighed(self, stems: Iterable[str]) -> Vector:
        weights = {stem: boost(stem) * self._rarity(stem) for stem in stems}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {stem: weight / length for stem, weight in weights.items()}

    def _rarity(self, stem: str) -> float:
        return 1.0 + log((BACKGROUND + len(self._stems)) / (1 + self._seen[stem]))


def same(one: Vector, other: Vector) -> bool:
    """Two words or one amount in common."""
    shared = [stem for stem in one if stem in other]
    return len({root(stem) for stem in shared}) >= 2 or any(stem[0] == "€" for stem in shared)
