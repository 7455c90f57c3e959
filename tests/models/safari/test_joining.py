from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.database import database
from app.errors import Conflict, Forbidden, NotFound
from app.models.audit.table import AuditEntry
from app.models.safari import joining, queries
from app.models.safari.table import Safari, SafariParticipant, SafariState
from tests.makers_safari import safari


def test_dirk_joins_at_a_place_that_is_not_his_and_sees_the_safari(db, cast, actor):
    bas_goes, dirk = safari(db), actor(cast.dirk)
    with pytest.raises(NotFound):
        queries.get(db, dirk, bas_goes.id)
    joining.join(db, bas_goes, by=dirk)
    assert queries.get(db, dirk, bas_goes.id).id == bas_goes.id
    assert queries.running_for(db, dirk) is bas_goes
    assert [p.id for p in queries.participants(db, bas_goes)] == [cast.dirk]


def test_joining_twice_is_joining_once(db, cast, actor):
    bas_goes = safari(db)
    joining.join(db, bas_goes, by=actor(cast.carla))
    joining.join(db, bas_goes, by=actor(cast.carla))
    assert len(db.exec(select(SafariParticipant)).all()) == 1
    assert [e.verb for e in db.exec(select(AuditEntry))] == ["safari.joined"]


def test_two_taps_at_the_same_instant_join_once(db, cast, actor):
    bas_goes, carla = safari(db), actor(cast.carla)
    db.commit()

    def tap(_):
        with database().writing() as own:
            joining.join(own, own.get_one(Safari, bas_goes.id), by=carla)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tap, range(8)))
    assert [e.verb for e in db.exec(select(AuditEntry))] == ["safari.joined"]


def test_the_leader_is_in_already(db, cast, actor):
    joining.join(db, safari(db), by=actor(cast.bas))
    assert db.exec(select(SafariParticipant)).all() == []


@pytest.mark.parametrize("who", ["eva", "anna"])
def test_who_may_not_record_does_not_join(db, cast, actor, who):
    with pytest.raises(Forbidden):
        joining.join(db, safari(db), by=actor(getattr(cast, who)))


def test_what_is_closed_stays_closed(db, cast, actor):
    with pytest.raises(Conflict) as refused:
        joining.join(db, safari(db, state="closed"), by=actor(cast.carla))
    assert refused.value.code == "safari.closed_to_join"


def test_who_was_in_stays_in_after_closing(db, cast, actor):
    bas_goes = safari(db)
    joining.join(db, bas_goes, by=actor(cast.carla))
    bas_goes.state = SafariState.CLOSED
    db.flush()
    joining.join(db, bas_goes, by=actor(cast.carla))


def test_an_unknown_code_leads_nowhere(db):
    with pytest.raises(NotFound):
        queries.by_code(db, "raad-eens")
