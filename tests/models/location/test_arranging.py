import pytest
from sqlmodel import Session

from app.errors import Invalid, NotFound
from app.models.access import Permission, Role
from app.models.location import arranging, queries
from app.models.location.schemas import LocationDraft
from app.models.location.table import Location, LocationKind
from app.models.user.actors import actor_for
from tests.cast import Cast
from tests.makers_user import someone


def test_a_beheerder_of_the_bank_arranges_only_below_the_bank(db: Session, cast: Cast):
    wout = actor_for(db, someone(db, "wout@klantsafari.example", (Role.ADMIN, cast.bank)))
    made = arranging.add(db, LocationDraft(name="Kantoor Haven", parent_id=cast.bank), by=wout)
    assert made.path == f"/{cast.waterrijk}/{cast.bank}/{made.id}/"
    with pytest.raises(Invalid) as refused:
        arranging.add(db, LocationDraft(name="Kantoor Haven", parent_id=cast.city), by=wout)
    assert refused.value.fields == {"parent_id": ("field.unknown_choice", {})}
    with pytest.raises(NotFound):
        queries.get(db, wout, cast.town_hall, Permission.MANAGE_PEOPLE)
    names = [node.name for node in queries.tree(db, wout, Permission.MANAGE_PEOPLE)]
    assert names == ["Bank", "Kantoor Haven", "Kantoor Markt"]


def test_a_refused_removal_leaves_the_work_of_the_same_request_alone(db: Session, cast: Cast, actor):
    anna = actor(cast.anna)
    made = arranging.place(db, "Kelder", LocationKind.LOCATION, below=db.get_one(Location, cast.city))
    with pytest.raises(Invalid):
        arranging.remove(db, db.get_one(Location, cast.town_hall), by=anna)
    assert db.get(Location, made.id) is not None
    arranging.remove(db, made, by=anna)
    assert db.get(Location, made.id) is None
