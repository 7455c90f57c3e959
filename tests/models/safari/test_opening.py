from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app.clock import new_id, now
from app.database import database
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.audit.table import AuditEntry
from app.models.safari import opening
from app.models.safari.schemas import SafariDraft
from app.models.safari.table import Safari, SafariState
from tests.makers_safari import go, newest_guide, safari


def draft(db, cast, **changes):
    return SafariDraft(
        **{"location_id": cast.town_hall, "guide_version_id": newest_guide(db), "goal": "Luisteren"} | changes
    )


def test_bas_opens_a_safari_that_runs_at_once(db, cast, actor):
    bas = actor(cast.bas)
    made = opening.open_safari(db, draft(db, cast), by=bas)
    assert (made.state, made.leader_id, made.target) == (SafariState.RUNNING, cast.bas, 5)
    assert made.started_at is not None
    assert len(made.join_code) >= 22
    entry = db.exec(select(AuditEntry)).one()
    assert (entry.verb, entry.subject_id, entry.detail) == ("safari.opened", made.id, {"target": 5})


def test_a_double_tap_makes_one_safari(db, cast, actor):
    twice = draft(db, cast)
    first = opening.open_safari(db, twice, by=actor(cast.bas))
    again = opening.open_safari(db, twice, by=actor(cast.bas))
    assert again.id == first.id
    assert len(db.exec(select(Safari)).all()) == 1
    assert len(db.exec(select(AuditEntry)).all()) == 1


def test_two_taps_at_the_same_instant_make_one_safari(db, cast, actor):
    twice, bas = draft(db, cast), actor(cast.bas)
    db.commit()

    def tap(_):
        with database().writing() as own:
            return opening.open_safari(own, twice, by=bas).id

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(tap, range(8))) == {twice.id}
    assert [e.verb for e in db.exec(select(AuditEntry))] == ["safari.opened"]


def test_a_retry_still_counts_when_a_planned_moment_has_passed_meanwhile(db, cast, actor):
    made = safari(db, state="planned", planned_for=now() - timedelta(hours=1))
    late = draft(db, cast, id=made.id, planned_for=made.planned_for)
    assert opening.open_safari(db, late, by=actor(cast.bas)).id == made.id


def test_nobody_takes_over_a_safari_by_its_id(db, cast, actor):
    hers = safari(db)
    mine = draft(db, cast, id=hers.id, location_id=cast.branch)
    with pytest.raises(Conflict):
        opening.open_safari(db, mine, by=actor(cast.dirk))


def test_with_a_moment_it_waits(db, cast, actor):
    tomorrow = now() + timedelta(days=1)
    made = opening.open_safari(db, draft(db, cast, planned_for=tomorrow), by=actor(cast.bas))
    assert (made.state, made.planned_for, made.started_at) == (SafariState.PLANNED, tomorrow, None)


def test_a_moment_without_a_zone_is_the_time_on_the_wall():
    read = SafariDraft.model_validate(
        {"location_id": "x", "guide_version_id": "y", "planned_for": "2030-07-01T09:30"}
    )
    assert read.planned_for == datetime(2030, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"planned_for": now() - timedelta(days=1)}, "planned_for", "safari.in_the_past"),
        ({"guide_version_id": new_id()}, "guide_version_id", "safari.guide_renewed"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(db, cast, actor, changes, field, code):
    with pytest.raises(Invalid) as wrong:
        opening.open_safari(db, draft(db, cast, **changes), by=actor(cast.bas))
    assert wrong.value.fields == {field: (code, {})}


def test_carla_goes_along_but_does_not_lead(db, cast, actor):
    with pytest.raises(Forbidden):
        opening.open_safari(db, draft(db, cast), by=actor(cast.carla))


@pytest.mark.parametrize("place", ["branch", "nowhere"])
def test_a_place_that_is_not_his_is_not_there(db, cast, actor, place):
    with pytest.raises(NotFound):
        opening.open_safari(db, draft(db, cast, location_id=getattr(cast, place, place)), by=actor(cast.bas))


def test_a_planned_safari_begins_once(db, cast, actor):
    waiting = safari(db, state="planned", planned_for=now() + timedelta(days=1))
    opening.begin(db, waiting, by=actor(cast.bas))
    began = waiting.started_at
    opening.begin(db, waiting, by=actor(cast.bas))
    assert (waiting.state, waiting.started_at) == (SafariState.RUNNING, began)
    assert [e.verb for e in db.exec(select(AuditEntry))] == ["safari.begun"]


def test_a_closed_safari_does_not_begin_again(db, cast, actor):
    with pytest.raises(Conflict) as refused:
        opening.begin(db, safari(db, state="closed"), by=actor(cast.bas))
    assert refused.value.code == "safari.already_closed"


def test_dirk_does_not_begin_what_he_only_joined(db, cast, actor):
    waiting = safari(db, state="planned", planned_for=now())
    go(db, waiting, cast.dirk)
    with pytest.raises(Forbidden):
        opening.begin(db, waiting, by=actor(cast.dirk))
