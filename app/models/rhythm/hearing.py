"""What was not heard: at which place, along which channel, in which part of the day, and behind the scenes.

Numbers only.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.clock import local, now
from app.models.access import Actor, Permission
from app.models.field_note.table import FieldNote
from app.models.guide.table import Question
from app.models.location.queries import places
from app.models.location.table import Location
from app.models.record import Words
from app.models.rhythm.table import Part
from app.models.safari.table import Safari

FEWEST = 5
"""Places with fewer are taken together, so that a number never points at one customer."""
ELSEWHERE = "elsewhere"
BACK_OFFICE = "back_office"
"""Stands among the channels: whoever works there is met along none of them."""
PARTS = tuple(Part)
Cell = tuple[str, Part]


@dataclass(frozen=True, slots=True)
class Hole:
    """Never heard: that channel in that part of the day; without one of the two: in all of them."""

    channel: str | None
    part: Part | None


@dataclass(frozen=True, slots=True)
class PlaceHeard:
    """One place, or several small ones together."""

    places: Sequence[Location]
    counts: Counter[Cell]

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class Map:
    channels: dict[str, Words]
    """In the order in which the guide asks them."""
    heard: Sequence[PlaceHeard]
    together: Counter[Cell]

    def missing(self, counts: Counter[Cell], channel: str, part: Part) -> bool:
        """Nobody was heard there, and somebody can go there."""
        if channel == BACK_OFFICE:
            return not any(counts[channel, one] for one in PARTS)
        return channel != ELSEWHERE and not counts[channel, part]

    def holes(self, counts: Counter[Cell]) -> list[Hole]:
        return holes(counts, [name for name in self.channels if name != ELSEWHERE])


def the_map(db: Session, actor: Actor, *, days: int) -> Map:
    """For the places whose board the actor may read. Observations count too; what was declined does not."""
    there = places(db, actor, Permission.READ_BOARD)
    counts: dict[str, Counter[Cell]] = {place.id: Counter() for place in there}
    notes = (
        select(FieldNote.location_id, FieldNote.channel, FieldNote.held_at, Safari.back_office)
        .join(Safari, col(Safari.id) == col(FieldNote.safari_id))
        .where(
            col(FieldNote.location_id).in_(counts),
            col(FieldNote.held_at) >= now() - timedelta(days=days),
            col(FieldNote.erased_at).is_(None),
            ~col(FieldNote.declined),
        )
    )
    for place, channel, held_at, behind in db.exec(notes):
        counts[place][BACK_OFFICE if behind else channel or ELSEWHERE, part_of(held_at)] += 1
    together: Counter[Cell] = Counter()
    for one in counts.values():
        together += one
    heard = merged([PlaceHeard([place], counts[place.id]) for place in there])
    return Map(_channels(db, {channel for channel, _ in together}), heard, together)


def part_of(moment: datetime) -> Part:
    hour = local(moment).hour
    return Part.MORNING if hour < 12 else Part.AFTERNOON if hour < 17 else Part.EVENING


def merged(heard: Sequence[PlaceHeard]) -> list[PlaceHeard]:
    """Small places together, and when that is still too few the next one with them. Nothing is left out."""
    small = [one for one in heard if one.total < FEWEST]
    big = sorted((one for one in heard if one.total >= FEWEST), key=lambda one: one.total)
    if small and big and sum(one.total for one in small) < FEWEST:
        small.append(big.pop(0))
    big.sort(key=lambda one: one.places[0].name)
    if len(small) < 2:
        return [*big, *small]
    counts: Counter[Cell] = Counter()
    for one in small:
        counts += one.counts
    names = sorted((place for one in small for place in one.places), key=lambda place: place.name)
    return [*big, PlaceHeard(names, counts)]


def holes(counts: Counter[Cell], channels: Iterable[str]) -> list[Hole]:
    """The widest first: a channel or a part of the day that was never heard at all, then what is left.

    Behind the scenes any part of the day will do.
    """
    known = list(channels)
    silent = [name for name in known if not any(counts[name, part] for part in PARTS)]
    empty = [part for part in PARTS if not any(n for (_, when), n in counts.items() if when == part)]
    left = [
        Hole(name, part)
        for name in known
        for part in PARTS
        if name not in (*silent, BACK_OFFICE) and part not in empty and not counts[name, part]
    ]
    return [*(Hole(name, None) for name in silent), *(Hole(None, part) for part in empty), *left]


def _channels(db: Session, heard: set[str]) -> dict[str, Words]:
    """What guides ask for, and whatever else was heard."""
    found: dict[str, Words] = {}
    asked = select(Question).where(Question.role == "channel").order_by(col(Question.id))
    for question in db.exec(asked):
        for choice in question.choices:
            found.setdefault(choice["key"], {k: v for k, v in choice.items() if k != "key"})
    for other in sorted(heard - found.keys()):
        found[other] = (
            {"nl": "Ergens anders", "en": "Somewhere else"} if other == ELSEWHERE else {"nl": other}
        )
    found[BACK_OFFICE] = {"nl": "Achter de schermen", "en": "Behind the scenes"}
    return {k: found[k] for k in sorted(found, key=lambda one: one in (ELSEWHERE, BACK_OFFICE))}
