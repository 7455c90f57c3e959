"""What was heard where, and the holes by name."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.clock import now, today
from app.models.location.table import Location, LocationKind
from app.models.rhythm.hearing import Hole, PlaceHeard, holes, merged, part_of, the_map
from app.models.rhythm.table import Part
from tests.makers_safari import note, safari

HERE = ZoneInfo("Europe/Amsterdam")


def place(name: str) -> Location:
    return Location(id=name, kind=LocationKind.LOCATION, name=name, path=f"/{name}/")


def heard(name: str, n: int) -> PlaceHeard:
    return PlaceHeard([place(name)], Counter({("counter", Part.MORNING): n}))


def names(found: list[PlaceHeard]) -> list[tuple[list[str], int]]:
    return [([one.name for one in each.places], each.total) for each in found]


def test_small_places_are_told_together_and_nothing_is_left_out():
    assert names(merged([heard("a", 9), heard("b", 2), heard("c", 4)])) == [(["a"], 9), (["b", "c"], 6)]
    assert names(merged([heard("a", 9), heard("b", 2), heard("c", 7)])) == [(["a"], 9), (["b", "c"], 9)]
    assert names(merged([heard("a", 5)])) == [(["a"], 5)]
    assert names(merged([heard("a", 2)])) == [(["a"], 2)]


def test_the_widest_hole_is_named_and_not_every_cell_of_it():
    counts = Counter(
        {("counter", Part.MORNING): 3, ("counter", Part.AFTERNOON): 1, ("phone", Part.MORNING): 1}
    )
    assert holes(counts, ["counter", "phone", "chat"]) == [
        Hole("chat", None),
        Hole(None, Part.EVENING),
        Hole("phone", Part.AFTERNOON),
    ]


def test_the_part_of_the_day_is_that_of_the_wall_clock_in_summer_and_winter():
    for month in (1, 7):
        assert part_of(datetime(2026, month, 5, 11, 59, tzinfo=HERE)) == Part.MORNING
        assert part_of(datetime(2026, month, 5, 16, 59, tzinfo=HERE)) == Part.AFTERNOON
        assert part_of(datetime(2026, month, 5, 17, 0, tzinfo=HERE)) == Part.EVENING


def test_eva_sees_numbers_of_her_place_and_dirk_none_of_it(db, cast, actor):
    outing = safari(db)
    morning = datetime.combine(today() - timedelta(days=2), datetime.min.time(), HERE).replace(hour=9)
    note(db, outing, channel="counter", held_at=morning)
    note(db, outing, channel="phone", held_at=morning.replace(hour=19))
    note(db, outing, channel="phone", held_at=morning, declined=True)
    note(db, outing, channel="phone", held_at=morning, erased_at=now())
    note(db, outing, channel="phone", held_at=morning - timedelta(days=200))
    found = the_map(db, actor(cast.eva), days=90)
    assert found.together == Counter({("counter", Part.MORNING): 1, ("phone", Part.EVENING): 1})
    assert Hole("chat", None) in found.holes(found.together)
    assert Hole("back_office", None) in found.holes(found.together)
    assert found.channels["phone"]["nl"] == "Aan de telefoon"
    assert the_map(db, actor(cast.dirk), days=90).together.total() == 0
    assert the_map(db, actor(cast.anna), days=90).heard == []


def test_behind_the_scenes_is_a_row_of_its_own_and_any_part_of_the_day_will_do(db, cast, actor):
    morning = datetime.combine(today() - timedelta(days=2), datetime.min.time(), HERE).replace(hour=9)
    note(db, safari(db, back_office=True), channel="counter", held_at=morning)
    note(db, safari(db), channel="phone", held_at=morning.replace(hour=19))
    found = the_map(db, actor(cast.bas), days=90)
    assert found.together == Counter(
        {("back_office", Part.MORNING): 1, ("phone", Part.EVENING): 1},
    )
    assert list(found.channels)[-1] == "back_office"
    assert not found.missing(found.together, "back_office", Part.EVENING)
    assert "back_office" not in {hole.channel for hole in found.holes(found.together)}
