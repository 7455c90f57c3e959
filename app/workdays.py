"""On which days people work here: not at weekends and not on Dutch holidays."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

SATURDAY = 5


@cache
def _holidays() -> Mapping[date, str]:
    # Its import costs a second, which no request needs to wait for at the start.
    from holidays import country_holidays

    return country_holidays("NL")


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _holidays()


def next_workday(day: date) -> date:
    """The day itself when people work on it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day
