"""When the next safari is, by a rhythm of weeks. Pure: days in, days out, so that no clock change touches it."""

from datetime import date, datetime, time, timedelta

from app.models.rhythm.table import Part
from app.workdays import is_workday, next_workday

BEGINS = {Part.MORNING: time(10), Part.AFTERNOON: time(14), Part.EVENING: time(18)}
WORKDAYS = 5


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_due(every_weeks: int, begins_on: date, last: date | None) -> date:
    """The Monday of the week in which it is time again: so many weeks after the last one, and not before it begins."""
    first = monday_of(begins_on)
    return max(first, monday_of(last) + timedelta(weeks=every_weeks)) if last else first


def day_in(week: date, weekday: int | None, *, after: date) -> date:
    """The wished day of that week, or the first on which people work: else the next of the week, one before it, or the
    first after it. Never today or before."""
    wished = week + timedelta(days=weekday or 0)
    later = [wished + timedelta(days=n) for n in range(WORKDAYS - (weekday or 0))]
    sooner = [wished - timedelta(days=n) for n in range(1, (weekday or 0) + 1)]
    fits = [day for day in later + sooner if is_workday(day) and day > after]
    return fits[0] if fits else next_workday(max(week + timedelta(days=WORKDAYS), after + timedelta(days=1)))


def moment_on(day: date, part: Part | None) -> datetime:
    """On the wall clock, without a zone: as a date picker has it. No clock change happens at these hours."""
    return datetime.combine(day, BEGINS[part or Part.MORNING])
