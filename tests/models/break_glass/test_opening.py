from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import new_id, now
from app.errors import Invalid, NotConfirmed, NotFound
from app.models.access import Permission, Role
from app.models.audit.table import AuditEntry
from app.models.break_glass import looking, opening, queries
from app.models.break_glass.schemas import BreakGlassDraft
from app.models.break_glass.table import BreakGlass
from app.models.user.table import Membership
from tests.makers_user import someone

REASON = "Een klant belde over zijn verhaal"


def draft(place: str, reason: str = REASON, id: str | None = None) -> BreakGlassDraft:
    return BreakGlassDraft(id=id or new_id(), location_id=place, reason=reason)


@pytest.fixture
def anna(actor, cast):
    return replace(actor(cast.anna), session_id=new_id())


def test_anna_reads_along_at_one_place_and_below_for_an_hour_and_no_longer(db, cast, anna):
    assert queries.running(db, anna) == ()
    made = opening.open_up(db, draft(cast.city), by=anna)
    (glass,) = queries.running(db, anna)
    looking_in = replace(anna, broken=(glass,))
    assert (
        looking_in.paths(Permission.READ_NOTE) == looking_in.paths(Permission.READ_CONTACT) == (glass.path,)
    )
    assert not looking_in.may(Permission.READ_NOTE, at="/elsewhere/")
    for other in set(Permission) - {Permission.READ_NOTE, Permission.READ_CONTACT}:
        assert looking_in.paths(other) == anna.paths(other)
    made.ends_at = now() - timedelta(seconds=1)
    db.flush()
    assert queries.running(db, anna) == ()


def test_the_same_form_twice_opens_once_and_a_second_hour_asks_for_another_reason(db, cast, anna):
    once = draft(cast.town_hall)
    first = opening.open_up(db, once, by=anna)
    assert opening.open_up(db, once, by=anna) is first
    with pytest.raises(Invalid, match="invalid") as refused:
        opening.open_up(db, draft(cast.town_hall, "Een heel andere reden hiervoor"), by=anna)
    assert refused.value.fields == {"location_id": ("break_glass.open_already", {})}
    for _ in range(2):
        opening.close(db, first.id, by=anna)
    assert queries.running(db, anna) == ()
    with pytest.raises(Invalid) as refused:
        opening.open_up(db, draft(cast.town_hall, REASON.upper()), by=anna)
    assert refused.value.fields == {"reason": ("break_glass.reason_again", {})}
    ends = first.ends_at
    opening.open_up(db, draft(cast.town_hall, "Een heel andere reden hiervoor"), by=anna)
    assert first.ends_at == ends
    verbs = db.exec(select(AuditEntry.verb).where(AuditEntry.subject_kind == "break_glass")).all()
    assert sorted(verbs) == ["break_glass.closed", "break_glass.opened", "break_glass.opened"]


def test_only_a_beheerder_of_the_place_on_the_device_that_showed_who_it_is(db, cast, actor, anna):
    with pytest.raises(NotConfirmed):
        opening.open_up(db, draft(cast.town_hall), by=actor(cast.anna))
    wout = someone(db, "wout@klantsafari.example", (Role.ADMIN, cast.bank))
    for who in (actor(cast.bas), actor(wout.id)):
        with pytest.raises(Invalid):
            opening.open_up(db, draft(cast.town_hall), by=replace(who, session_id=new_id()))
    made = opening.open_up(db, draft(cast.town_hall), by=anna)
    assert queries.running(db, replace(anna, session_id=new_id())) == ()
    assert queries.running(db, replace(anna, grants=())) == ()
    with pytest.raises(NotFound):
        opening.close(db, made.id, by=actor(cast.bas))


def test_managers_of_the_place_above_and_below_are_told_until_they_have_seen_it(db, cast, actor, anna):
    made = opening.open_up(db, draft(cast.city), by=anna)
    boss = someone(db, "fatima@klantsafari.example", (Role.MANAGER, cast.waterrijk))
    for person in (cast.bas, boss.id):
        (told,) = queries.to_tell(db, actor(person))
        assert (told.glass.id, told.user.name, told.place.name) == (made.id, "Anna Bakker", "Gemeente")
    for person in (cast.anna, cast.carla, cast.dirk, cast.eva):
        assert queries.to_tell(db, actor(person)) == []
    with pytest.raises(NotFound):
        queries.get(db, actor(cast.dirk), made.id)
    opening.close(db, made.id, by=anna)
    for _ in range(2):
        looking.see(db, queries.get(db, actor(cast.bas), made.id), by=actor(cast.bas))
    assert queries.to_tell(db, actor(cast.bas)) == []
    assert len(queries.to_tell(db, actor(boss.id))) == 1


def test_a_manager_who_is_beheerder_as_well_is_not_told_of_own_access(db, cast, anna):
    db.add(Membership(user_id=cast.anna, role=Role.MANAGER, location_id=cast.town_hall))
    db.flush()
    opening.open_up(db, draft(cast.branch), by=anna)
    assert db.exec(select(BreakGlass)).one().user_id == cast.anna
    assert queries.to_tell(db, anna) == []
