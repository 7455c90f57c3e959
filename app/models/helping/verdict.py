"""Did it help? An honest answer from few talks; docs/did-it-help.md says why it is done like this. Pure.

A talk is one number: 0 or 1 (named, chosen), or a score from 0 to 10. Talks are in the order in which they were held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import comb

import numpy as np

LOOKS = {8: 0.005, 16: 0.010, 32: 0.015, 64: 0.020}
"""After so many talks we look, and at no other moment; after the last we stop. How unlikely chance must be, at each
look: four chances to be wrong about nothing together spend the one in twenty, and the later look knows more."""
FEWEST = min(LOOKS)
"""With fewer talks than this, before or after, nothing is said."""


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`after` is how many talks after the change were weighed: those of the look that decided, else all there are.
    `to_go`: so many talks until the next look; 0 when there is none to come."""

    verdict: Verdict
    before: int
    after: int
    to_go: int = 0


@lru_cache(maxsize=4096)
def judge(before: tuple[int, ...], after: tuple[int, ...], *, scores: bool, more: bool) -> Judgement:
    """`more`: a higher number is what was hoped for. The first look that is certain enough decides for good."""
    if len(before) >= FEWEST:
        for look in (look for look in LOOKS if look <= len(after)):
            seen = after[:look]
            if _chance(before, seen, scores=scores) <= LOOKS[look]:
                rose = sum(seen) * len(before) > sum(before) * look
                return Judgement(Verdict.BETTER if rose == more else Verdict.WORSE, len(before), look)
    coming = next((look for look in LOOKS if look > len(after)), None)
    to_go = coming - len(after) if coming and len(before) >= FEWEST else 0
    return Judgement(Verdict.TOO_LITTLE, len(before), len(after), to_go)


def _chance(before: Sequence[int], after: Sequence[int], *, scores: bool) -> float:
    if scores:
        return permutation(before, after)
    return fisher(sum(before), len(before), sum(after), len(after))


def fisher(some: int, of: int, others: int, of_others: int) -> float:
    """Fisher's exact test, two-sided: how often chance alone gives a table as unlikely as `some` of `of` against
    `others` of `of_others`. Counted in whole numbers, as SciPy takes seconds and memory to import."""
    both = some + others
    first, last = max(0, both - of_others), min(of, both)
    ways = [comb(of, n) * comb(of_others, both - n) for n in range(first, last + 1)]
    return sum(way for way in ways if way <= ways[some - first]) / comb(of + of_others, both)


def permutation(before: Sequence[int], after: Sequence[int]) -> float:
    """The exact permutation test, two-sided, on how high the scores after are together: of all ways to deal the same
    scores over before and after, the share that lies as far from what is expected. Counted, not drawn by lot."""
    every, taken = [*before, *after], len(after)
    whole, total = len(every), sum(every)
    ways = np.zeros((taken + 1, total + 1))
    ways[0, 0] = 1.0
    for score in every:
        ways[1:, score:] += ways[:-1, : total + 1 - score].copy()
    away = np.abs(np.arange(total + 1) * whole - taken * total)
    as_far = away >= abs(sum(after) * whole - taken * total)
    return float(ways[taken][as_far].sum() / ways[taken].sum())
