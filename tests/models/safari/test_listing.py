from datetime import timedelta

import pytest

from app.clock import now
from app.errors import Invalid
from app.models.safari import listing, queries
from app.models.safari.listing import SafariFilter
from app.models.safari.table import SafariState
from tests.cast import Cast
from tests.makers_safari import go, safari

EVERY = SafariFilter()


def at_the_bank(db, **changes):
    return safari(db, location_id=Cast.branch, leader_id=Cast.dirk, **changes)


def ids(outings):
    return [outing.safari.id for outing in outings]


def test_pages_follow_each_other_while_new_safaris_come_in(db, cast, actor):
    bas = actor(cast.bas)
    same = now() - timedelta(days=1)
    made = [safari(db, started_at=same) for _ in range(3)] + [
        safari(db, started_at=now() - timedelta(days=2 + n)) for n in range(4)
    ]
    first = listing.page(db, bas, EVERY, limit=3)
    safari(db)
    second = listing.page(db, bas, EVERY, limit=3, cursor=first.next or "")
    third = listing.page(db, bas, EVERY, limit=3, cursor=second.next or "")
    assert third.next is None
    seen = ids([*first.items, *second.items, *third.items])
    assert len(seen) == len(set(seen)) == 7
    assert seen[3:] == [s.id for s in made[3:]]


@pytest.mark.parametrize("cursor", ["onzin", "WyJhIl0", "WyJhIiwgImIiXQ"])
def test_a_cursor_of_somebody_elses_making_is_refused(db, cast, actor, cursor):
    with pytest.raises(Invalid):
        listing.page(db, actor(cast.bas), EVERY, cursor=cursor)


def test_everybody_sees_their_own_places_and_what_they_joined(db, cast, actor):
    town, bank = safari(db), at_the_bank(db)
    assert ids(listing.running(db, actor(cast.bas), EVERY)) == [town.id]
    assert ids(listing.running(db, actor(cast.dirk), EVERY)) == [bank.id]
    for nobody in (cast.anna, cast.eva):
        assert listing.running(db, actor(nobody), EVERY) == []
    go(db, town, cast.dirk)
    assert set(ids(listing.running(db, actor(cast.dirk), EVERY))) == {town.id, bank.id}
    assert [p.name for p in listing.places(db, actor(cast.dirk))] == ["Kantoor Markt", "Stadskantoor"]


def test_the_list_narrows_by_place_by_state_and_to_mine(db, cast, actor):
    town, bank = safari(db, state="closed"), at_the_bank(db, state="planned", planned_for=now())
    go(db, bank, cast.carla)
    carla = actor(cast.carla)
    assert ids(listing.page(db, carla, EVERY).items) == [bank.id, town.id]
    assert ids(listing.page(db, carla, SafariFilter(mine=True)).items) == [bank.id]
    assert ids(listing.page(db, carla, SafariFilter(location_id=cast.town_hall)).items) == [town.id]
    assert ids(listing.page(db, carla, SafariFilter(state=SafariState.CLOSED)).items) == [town.id]


def test_the_soonest_planned_safari_comes_first(db, cast, actor):
    later = safari(db, state="planned", planned_for=now() + timedelta(days=2))
    sooner = safari(db, state="planned", planned_for=now() + timedelta(days=1))
    assert ids(listing.planned(db, actor(cast.bas), EVERY)) == [sooner.id, later.id]


def test_the_place_of_last_time_is_remembered(db, cast, actor):
    assert queries.last_led_by(db, actor(cast.bas)) is None
    safari(db)
    last = safari(db, state="closed")
    at_the_bank(db)
    assert queries.last_led_by(db, actor(cast.bas)) is last
