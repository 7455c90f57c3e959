"""Score: what the hits of a theme are worth together."""

from collections import defaultdict
from collections.abc import Iterable

from app.models.tag.reading.matching import Hit

THRESHOLD = 0.5
"""Below this it abstains: one likely pattern is enough, one hint is not, two different hints are."""


def by_theme(hits: Iterable[Hit], themes: Iterable[str]) -> dict[str, list[Hit]]:
    """Hits per theme, without those on words that a `not` of that theme takes away."""
    every: dict[str, list[Hit]] = defaultdict(list)
    known = frozenset(themes)
    for hit in hits:
        if hit.rule.kind in known:
            every[hit.rule.kind].append(hit)
    kept: dict[str, list[Hit]] = {}
    for slug, found in every.items():
        taken = {at for hit in found if not hit.rule.weight for at in hit.words}
        left = [hit for hit in found if hit.rule.weight and taken.isdisjoint(hit.words)]
        if left:
            kept[slug] = left
    return kept


def score(hits: Iterable[Hit]) -> float:
    """0..1: the chance that not every rule is mistaken; each rule and each word of the note counts once."""
    doubt = 1.0
    counted: set[str] = set()
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: -hit.rule.weight):
        if hit.rule.source in counted or not taken.isdisjoint(hit.words):
            continue
        counted.add(hit.rule.source)
        taken.update(hit.words)
        doubt *= 1.0 - hit.rule.weight
    return round(1.0 - doubt, 3)
