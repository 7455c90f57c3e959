"""What the story points at by ref, and how its days and clock times become moments."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clock import day_of
from app.models.access import Actor
from app.models.location.table import Location
from app.settings import settings


@dataclass
class Stage:
    now: datetime
    places: dict[str, Location] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    safaris: dict[str, Any] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    actions: dict[str, Any] = field(default_factory=dict)

    def today(self) -> date:
        return day_of(self.now)

    def day(self, days_ago: int) -> date:
        return self.today() - timedelta(days=days_ago)

    def at(self, day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(settings().time_zone))

    def ago(self, days_ago: int, clock: str = "16:00") -> datetime:
        """That day at that time; never in the future for something that has happened."""
        return min(self.at(self.day(days_ago), clock), self.now - timedelta(minutes=5))


def workday(day: date) -> date:
    """Offices are closed at weekends: Saturday and Sunday become the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))
