"""Score: what the hits of a theme are worth together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.models.tag.reading.matching import Hit

THRESHOLD = 0.5
"""Below this it abstains: one likely pattern is enough, one hint is not, two different hints close by are."""
LONG = 0.1
"""What a long note adds to the threshold: the more words, the more of them fit by chance."""
SHORT_WORDS, LONG_WORDS = 25, 75


def bar(words: int) -> float:
    """The threshold for a note of so many words: in a long one two hints no longer do, one likely pattern does."""
    longer = (words - SHORT_WORDS) / (LONG_WORDS - SHORT_WORDS)
    return THRESHOLD + LONG * min(1.0, max(0.0, longer))


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


def convincing(hits: Iterable[Hit], clauses: Sequence[int], trust: float, least: float) -> list[Hit]:
    """Hits in two neighbouring clauses that reach `least` together; `clauses` numbers the clause of each word."""
    spoken: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        spoken[clauses[hit.first]].append(hit)
    enough: dict[int, Hit] = {}
    for clause, here in spoken.items():
        near = [*here, *spoken.get(clause + 1, ())]
        if score(near, trust) >= least:
            enough |= {id(hit): hit for hit in near}
    return list(enough.values())


def score(hits: Iterable[Hit], trust: float = 1.0) -> float:
    """0..1: the chance that not every rule is mistaken; each rule and each word of the note counts once."""
    doubt = 1.0
    counted: set[str] = set()
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: -hit.rule.weight):
        if hit.rule.source in counted or not taken.isdisjoint(hit.words):
            continue
        counted.add(hit.rule.source)
        taken.update(hit.words)
        doubt *= 1.0 - hit.rule.weight * trust
    return round(1.0 - doubt, 3)
