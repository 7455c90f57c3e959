"""Sentiment: what the words weigh, turned by negation, strengthened, and shifted by a "but"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from app.models.tag.reading.matching import Hit
from app.models.tag.reading.words import Text

REACH = 4
"""How many words before it a negation still turns."""
DECIDED = 0.1
BEFORE_BUT, AFTER_BUT = 0.6, 1.4
CURT = 2
"""Words, with the stop before it, of a sentence that says nothing but "Fijn." """
COMPLAINT = 1.2
"""Praise inside a complaint is often politeness or irony, so the complaint weighs a little more."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """Valence of the words [first, last): below 0 negative."""

    first: int
    last: int
    valence: float


def feelings(text: Text, hits: Sequence[Hit]) -> list[Feeling]:
    """One feeling per stretch of words: where rules overlap, the longest says it."""
    roles = {
        role: {at for hit in hits if hit.rule.kind == role for at in hit.words}
        for role in ("deny", "boost", "soften", "but")
    }
    felt = [hit for hit in hits if hit.rule.valence]
    felt.sort(key=lambda hit: (hit.first - hit.last, -abs(hit.rule.valence), hit.first))
    sentences = _sentences(text)
    buts: dict[int, tuple[int, int]] = {}
    for at in sorted(roles["but"]):
        buts[sentences[at]] = (buts.get(sentences[at], (at, at))[0], at)
    taken: set[int] = set()
    result: list[Feeling] = []
    for hit in felt:
        if not taken.isdisjoint(hit.words):
            continue
        taken.update(hit.words)
        valence = hit.rule.valence * _strength(text, hit, roles["boost"], roles["soften"])
        if _denied(text, hit, roles["deny"]):
            valence *= -0.8
        result.append(Feeling(hit.first, hit.last, valence * _contrast(hit.first, sentences, buts)))
    return _ironic(result, sentences)


def named(valence: float) -> str:
    if abs(valence) < DECIDED:
        return "neutral"
    return "positive" if valence > 0 else "negative"


def total(felt: Iterable[Feeling], first: int = 0, last: int | None = None) -> float:
    """The valence of what lies within [first, last)."""
    return weighed(f.valence for f in felt if f.last > first and (last is None or f.first < last))


def weighed(values: Iterable[float]) -> float:
    return sum(value if value > 0 else value * COMPLAINT for value in values)


def _strength(text: Text, hit: Hit, boost: set[int], soften: set[int]) -> float:
    if hit.first - 1 in boost:
        return 1.5
    return 0.6 if hit.first - 1 in soften else 1.0


def _denied(text: Text, hit: Hit, deny: set[int]) -> bool:
    """A negation shortly before it in the clause, or one that closes the clause: "vriendelijk zijn ze niet".

    Words that hold their own negation ("nooit gehoord") already say it; one that fell in a gap of praise turns it.
    """
    if inside := deny.intersection(hit.words):
        return hit.rule.valence > 0 and not any(_said(hit.rule.source, text.words[at]) for at in inside)
    for at in range(hit.first - 1, max(-1, hit.first - 1 - REACH), -1):
        if text.words[at] == "." or at in text.breaks:
            break
        if at in deny:
            return True
    if hit.rule.valence < 0:
        return False
    for at in range(hit.last, min(len(text.words), hit.last + REACH + 1)):
        if at - 1 in text.breaks or text.words[at] == ".":
            return False
        closes = at + 1 == len(text.words) or text.words[at + 1] == "." or at in text.breaks
        if at in deny and closes:
            return True
    return False


def _ironic(felt: list[Feeling], sentences: list[int]) -> list[Feeling]:
    """Praise that is a sentence of its own right after a complaint is meant the other way: "Weer dicht. Fijn." """
    size = Counter(sentences)
    mood: dict[int, float] = defaultdict(float)
    for feeling in felt:
        mood[sentences[feeling.first]] += feeling.valence
    return [
        replace(one, valence=-0.5 * one.valence)
        if one.valence > 0 and size[at := sentences[one.first]] <= CURT and mood[at - 1] < 0 < at
        else one
        for one in felt
    ]


def _said(source: str, word: str) -> bool:
    return word in source or "<niet>" in source


def _sentences(text: Text) -> list[int]:
    """The number of the sentence each word stands in."""
    return list(accumulate(int(word == ".") for word in text.words))


def _contrast(at: int, sentences: list[int], buts: dict[int, tuple[int, int]]) -> float:
    """What follows a "but" counts more than what goes before it in the same sentence."""
    first, last = buts.get(sentences[at], (at, at))
    if at < last:
        return BEFORE_BUT
    return AFTER_BUT if at > first else 1.0
