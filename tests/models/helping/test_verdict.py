"""Series with known effects: right when strong, silent when there is little, rarely wrong about nothing."""

import random

import pytest

from app.models.helping.verdict import FEWEST, LOOKS, Verdict, fisher, judge, permutation

pytestmark = pytest.mark.phone
SERIES = 2000


def some(chance, number, lot):
    return tuple(int(lot.random() < chance) for _ in range(number))


def scores(around, number, lot):
    return tuple(min(10, max(0, round(lot.gauss(around, 2.2)))) for _ in range(number))


def verdicts(draw, was, becomes, *, times, before=24, after=64, **how):
    """The last word over each of so many series; whoever looks after every talk sees the same."""
    lot = random.Random(20261128)
    return [judge(draw(was, before, lot), draw(becomes, after, lot), **how).verdict for _ in range(times)]


def share(found, verdict):
    return sum(one == verdict for one in found) / len(found)


@pytest.mark.parametrize(("was", "becomes"), [(0.7, 0.2), (0.5, 0.05), (0.8, 0.3)])
def test_a_strong_effect_on_a_theme_is_seen_and_the_right_way_round(was, becomes):
    found = verdicts(some, was, becomes, times=500, scores=False, more=False)
    assert share(found, Verdict.BETTER) >= 0.95
    found = verdicts(some, becomes, was, times=500, scores=False, more=False)
    assert share(found, Verdict.WORSE) >= 0.95


def test_a_strong_effect_on_a_score_is_seen():
    found = verdicts(scores, 5, 8, times=60, scores=True, more=True)
    assert share(found, Verdict.BETTER) >= 0.95
    found = verdicts(scores, 8, 5, times=60, scores=True, more=True)
    assert share(found, Verdict.WORSE) >= 0.95


@pytest.mark.parametrize("chance", [0.05, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("before", [8, 40])
def test_no_effect_is_hardly_ever_taken_for_one_over_all_looks_together(chance, before):
    found = verdicts(some, chance, chance, times=SERIES, before=before, scores=False, more=False)
    assert share(found, Verdict.TOO_LITTLE) >= 0.95


def test_no_effect_on_a_score_is_hardly_ever_taken_for_one():
    found = verdicts(scores, 6, 6, times=200, before=12, scores=True, more=True)
    assert share(found, Verdict.TOO_LITTLE) >= 0.95


def test_below_the_stated_number_nothing_is_said_however_strong_it_looks():
    few, many = (0,) * (FEWEST - 1), (1,) * 40
    for before, after in ((few, many), (many, few)):
        assert judge(before, after, scores=False, more=False).verdict == Verdict.TOO_LITTLE


def test_it_looks_only_at_fixed_moments_so_that_peeking_changes_nothing():
    before, after = (1,) * 20, (1, 1, 1, 1, 0, 1, 1, 1) + (0,) * 56
    found = [judge(before, after[:n], scores=False, more=False) for n in range(len(after) + 1)]
    first = next(n for n, one in enumerate(found) if one.verdict == Verdict.BETTER)
    assert first in LOOKS
    assert {(one.verdict, one.after) for one in found[first:]} == {(Verdict.BETTER, first)}
    assert [one.to_go for one in found[:first] if one.after in (0, 7, 8)] == [8, 1, 8]


def test_both_tests_say_what_scipy_says():
    stats = pytest.importorskip("scipy.stats")
    for table in ((7, 20, 1, 18), (3, 8, 5, 8), (0, 12, 6, 16), (14, 41, 2, 32)):
        some_, of, others, of_others = table
        theirs = stats.fisher_exact([[some_, of - some_], [others, of_others - others]]).pvalue
        assert fisher(*table) == pytest.approx(theirs)
    before, after = [3, 4, 6, 7, 2], [8, 9, 7, 10]
    apart = lambda a, b: abs(sum(a) / len(a) - sum(b) / len(b))  # noqa: E731
    theirs = stats.permutation_test((before, after), apart, alternative="greater", n_resamples=9999)
    assert permutation(before, after) == pytest.approx(theirs.pvalue, abs=1e-9)
    assert sum(LOOKS.values()) == pytest.approx(0.05)
