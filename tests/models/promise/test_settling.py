"""What a customer was told is kept, tried again, handed over or not kept; and who may see whom to call."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import now, today
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.audit.table import AuditEntry
from app.models.field_note.table import Contact
from app.models.promise import listing, making, queries, settling
from app.models.promise.schemas import HandOver, OutcomeDraft, PromiseDraft
from app.models.promise.table import Promise, PromiseState
from app.models.user.table import User
from tests.makers_action import story
from tests.makers_promise import NUMBER, TOLD, promised, reachable


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def carla(actor, cast):
    return actor(cast.carla)


@pytest.fixture
def note(db, cast):
    return reachable(db, cast.town_hall, cast.carla)


def outcome(kind, version, **fields):
    return OutcomeDraft(outcome=kind, version=version, **fields)


def test_a_promise_is_made_once_however_often_it_is_sent(db, bas, note):
    draft = PromiseDraft(text=f"{TOLD} BSN 111222333", due_on=today())
    made = [making.make(db, note, draft, by=bas) for _ in range(2)]
    assert made[0] is made[1]
    assert (made[0].owner_id, made[0].text) == (bas.id, f"{TOLD} BSN [BSN]")


def test_a_promise_for_yesterday_or_for_a_stranger_is_refused(db, bas, cast, note):
    wrong = PromiseDraft(text=TOLD, due_on=today() - timedelta(days=1), owner_id=cast.dirk)
    with pytest.raises(Invalid) as refused:
        making.make(db, note, wrong, by=bas)
    assert set(refused.value.fields) == {"due_on", "owner_id"}


def test_a_call_that_was_asked_for_is_a_promise_of_who_spoke_with_them(db, carla, bas, cast, note):
    (due,) = listing.waiting(db, carla, today()).mine
    assert (due.promise.id, due.promise.text, due.reachable) == (note.id, "", True)
    asked = queries.get(db, carla, note.id)
    for _ in range(2):
        settling.settle(db, asked, outcome("not_reached", 0), by=carla)
    kept = db.get_one(Promise, note.id)
    assert (kept.tries, kept.due_on, kept.state) == (1, today() + timedelta(days=1), PromiseState.OPEN)
    for _ in range(2):
        settling.settle(db, kept, outcome("kept", 1, word="Blij."), by=carla)
    assert db.get_one(Contact, note.id).called_by_id == cast.carla
    assert listing.waiting(db, carla, today()).total == listing.waiting(db, bas, today()).total == 0


def test_two_who_settle_at_once_hear_of_each_other(db, bas, carla, note):
    promise = promised(db, note, carla)
    settling.settle(db, promise, outcome("not_needed", 1), by=carla)
    with pytest.raises(Conflict) as clash:
        settling.settle(db, promise, outcome("kept", 1), by=bas)
    assert clash.value.details == {"who": "Carla"}


def test_what_is_not_kept_says_why(db, carla, note):
    promise = promised(db, note, carla)
    with pytest.raises(Invalid):
        settling.settle(db, promise, outcome("broken", 1), by=carla)
    settling.settle(db, promise, outcome("broken", 1, word="De tekening is weg."), by=carla)
    assert (promise.state, promise.reason) == (PromiseState.BROKEN, "De tekening is weg.")


def test_a_number_is_opened_by_whose_promise_it_is_and_each_view_is_logged(db, bas, carla, actor, cast):
    note = reachable(db, cast.town_hall, cast.bas)
    promise = promised(db, note, bas)
    with pytest.raises(Forbidden):
        settling.reveal(db, promise, by=carla)
    for _ in range(2):
        settling.hand_over(db, promise, HandOver(owner_id=cast.carla, version=1), by=bas)
    assert settling.reveal(db, promise, by=carla).reach == NUMBER
    viewed = db.exec(select(AuditEntry.actor_id).where(AuditEntry.verb == "contact.viewed")).all()
    assert viewed == [cast.carla]
    with pytest.raises(NotFound):
        queries.get(db, actor(cast.dirk), promise.id)


def test_what_is_late_or_nobodys_goes_to_the_manager(db, bas, carla, cast, note):
    promised(db, note, carla, due=today() - timedelta(days=2))
    promised(db, story(db, cast.town_hall, cast.carla), carla)
    found = listing.waiting(db, bas, today())
    assert [due.days_late(today()) for due in found.late] == [2]
    assert (len(found.others), found.mine, found.unowned) == (1, [], [])
    db.get_one(User, cast.carla).disabled_at = now()
    db.flush()
    found = listing.waiting(db, bas, today())
    assert (len(found.unowned), found.late, found.others) == (2, [], [])
    settling.hand_over(db, found.unowned[0].promise, HandOver(owner_id=cast.bas, version=1), by=bas)
    assert len(listing.waiting(db, bas, today()).mine) == 1


def test_dirk_elsewhere_and_anna_have_nothing_to_call(db, actor, cast, carla, note):
    promised(db, note, carla, due=today() - timedelta(days=2))
    for nobody in (cast.dirk, cast.anna, cast.eva):
        assert listing.waiting(db, actor(nobody), today()).total == 0
