import pytest
from sqlmodel import select

from app import errors
from app.models.access import Role
from app.models.audit.table import AuditEntry
from app.models.field_note import contacting
from app.models.field_note.table import Contact
from app.models.location.table import Location
from app.models.user.table import Membership
from tests.makers_note import interview, recorded, running_safari

CALL_BACK = {"name": "Mevrouw De Proef", "reach": "06-00000001"}


@pytest.fixture
def by_carla(db, cast, actor):
    """Carla's talk with a customer who wants to hear back."""
    safari = running_safari(db, cast.town_hall, cast.carla)
    return recorded(db, actor(cast.carla), interview(safari.id, call_back=CALL_BACK))


@pytest.fixture
def by_bas(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    return recorded(db, actor(cast.bas), interview(safari.id, call_back=CALL_BACK))


def views(db):
    return db.exec(select(AuditEntry).where(AuditEntry.verb == "contact.viewed")).all()


def test_who_made_the_note_and_the_manager_open_name_and_number_and_each_view_is_logged(
    db, cast, actor, by_carla
):
    for who in (cast.carla, cast.bas):
        reach = contacting.reveal(db, by_carla, by=actor(who))
        assert (reach.name, reach.reach) == (CALL_BACK["name"], CALL_BACK["reach"])
    assert [view.actor_id for view in views(db)] == [cast.carla, cast.bas]
    assert not any("00000001" in str(view.detail) for view in views(db))


def test_a_colleague_who_reads_the_note_does_not_open_the_contact(db, cast, actor, by_bas):
    for verb in (contacting.reveal, contacting.call):
        with pytest.raises(errors.Forbidden):
            verb(db, by_bas, by=actor(cast.carla))
    assert views(db) == []


def test_a_manager_of_another_place_opens_nothing(db, cast, actor, by_bas):
    with pytest.raises(errors.Forbidden):
        contacting.reveal(db, by_bas, by=actor(cast.dirk))


def test_called_is_said_once_and_the_first_time_counts(db, cast, actor, by_carla):
    first = contacting.call(db, by_carla, by=actor(cast.carla)).called_at
    again = contacting.call(db, by_carla, by=actor(cast.bas))
    assert again.called_at == first
    assert db.get(Contact, by_carla.id).called_by_id == cast.carla
    assert len(db.exec(select(AuditEntry).where(AuditEntry.verb == "contact.called")).all()) == 1


def test_a_note_that_nobody_left_a_number_with_has_nothing_to_open(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    note = recorded(db, actor(cast.bas), interview(safari.id))
    with pytest.raises(errors.NotFound):
        contacting.reveal(db, note, by=actor(cast.bas))


def test_a_number_without_a_name_is_enough(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    note = recorded(db, actor(cast.bas), interview(safari.id, call_back={"reach": "wie@voorbeeld.nl"}))
    assert contacting.reveal(db, note, by=actor(cast.bas)) == contacting.Reach("", "wie@voorbeeld.nl")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.READER])
def test_carla_opens_the_call_she_promised_only_while_she_still_records(db, cast, actor, by_carla, role):
    held = db.exec(select(Membership).where(Membership.user_id == cast.carla)).one()
    held.role, held.location_id = role, cast.branch
    db.flush()
    place = db.get(Location, cast.town_hall)
    assert contacting.may_open(actor(cast.carla), by_carla, place) is (role == Role.MEMBER)
