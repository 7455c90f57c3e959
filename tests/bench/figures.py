"""Medians, percentiles and spreads. Only ratios within one run count: machines differ, and are noisy."""

import statistics
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 3)


def spread(values: Sequence[float]) -> list[float]:
    return [round(min(values), 3), round(max(values), 3)]
