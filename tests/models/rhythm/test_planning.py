"""The next safari by its rhythm: over holidays, over the clock change, and never in the past."""

from datetime import date, datetime

import pytest

from app.models.rhythm.planning import day_in, moment_on, monday_of, week_due
from app.models.rhythm.table import Part
from app.workdays import is_workday, next_workday

LONG_AGO = date(2020, 1, 1)


def test_four_weeks_after_the_last_one_and_not_before_it_begins():
    assert week_due(4, date(2026, 1, 7), None) == date(2026, 1, 5)
    assert week_due(4, date(2026, 1, 7), date(2026, 3, 3)) == date(2026, 3, 30)
    assert week_due(4, date(2026, 9, 1), date(2026, 3, 3)) == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("week", "weekday", "day"),
    [
        (date(2026, 3, 23), 2, date(2026, 3, 25)),
        (date(2026, 4, 6), 0, date(2026, 4, 7)),
        (date(2026, 4, 27), 0, date(2026, 4, 28)),
        (date(2026, 5, 11), 3, date(2026, 5, 15)),
        (date(2026, 12, 21), 4, date(2026, 12, 24)),
        (date(2026, 4, 6), None, date(2026, 4, 7)),
    ],
    ids=["plain", "easter monday", "king's day", "ascension", "christmas on friday", "any day"],
)
def test_a_holiday_moves_it_a_day_within_its_week(week, weekday, day):
    assert day_in(week, weekday, after=LONG_AGO) == day
    assert monday_of(day) == week


def test_a_week_that_has_passed_gives_the_first_day_that_still_can():
    assert day_in(date(2026, 11, 2), 1, after=date(2026, 11, 27)) == date(2026, 11, 30)
    assert day_in(date(2026, 11, 23), 1, after=date(2026, 11, 24)) == date(2026, 11, 25)


def test_the_hour_on_the_wall_stays_the_same_over_both_clock_changes():
    for week in (date(2026, 3, 23), date(2026, 3, 30), date(2026, 10, 19), date(2026, 10, 26)):
        assert moment_on(day_in(week, 0, after=LONG_AGO), Part.AFTERNOON).hour == 14
    assert moment_on(date(2026, 3, 30), None) == datetime(2026, 3, 30, 10, 0)  # noqa: DTZ001 - on the wall


def test_people_work_on_most_days():
    assert [is_workday(date(2026, 12, day)) for day in (24, 25, 26, 28)] == [True, False, False, True]
    assert next_workday(date(2026, 12, 25)) == date(2026, 12, 28)
