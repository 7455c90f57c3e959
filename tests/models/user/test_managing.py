import pytest
from sqlmodel import Session, select

from app.errors import Forbidden, Invalid, NotFound
from app.models.access import Role
from app.models.audit.table import AuditEntry
from app.models.user import managing, queries, tokens
from app.models.user.actors import by_token, digest
from app.models.user.schemas import MembershipDraft
from app.models.user.table import ApiToken, User
from tests.cast import Cast
from tests.makers_user import someone


def test_carla_sees_nobody_and_anna_everybody(db: Session, cast: Cast, actor):
    assert list(db.exec(queries.visible_to(actor(cast.carla)))) == []
    assert len(list(db.exec(queries.visible_to(actor(cast.anna))))) == 5
    with pytest.raises(NotFound):
        queries.get(db, actor(cast.bas), cast.dirk)


def test_bas_may_see_but_not_change(db: Session, cast: Cast, actor):
    bas = actor(cast.bas)
    carla = queries.get(db, bas, cast.carla)
    with pytest.raises(Invalid):
        managing.grant(db, carla, MembershipDraft(role=Role.READER, location_id=cast.town_hall), by=bas)
    with pytest.raises(Forbidden):
        managing.withdraw(db, carla, carla.held[0].membership_id, by=bas)
    with pytest.raises(Forbidden):
        managing.disable(db, carla, by=bas)


def test_of_two_beheerders_the_second_cannot_be_removed_after_the_first(db: Session, cast: Cast, actor):
    anna = actor(cast.anna)
    wout = someone(db, "wout@klantsafari.example", (Role.ADMIN, cast.waterrijk))
    managing.disable(db, queries.get(db, anna, wout.id), by=anna)
    db.flush()
    own = queries.get(db, anna, cast.anna)
    with pytest.raises(Invalid) as refused:
        managing.withdraw(db, own, own.held[0].membership_id, by=anna)
    assert refused.value.fields == {"form": ("user.last_admin", {})}


def test_a_token_acts_as_its_user_until_the_account_is_off(db: Session, cast: Cast, actor):
    token = tokens.create(db, db.get_one(User, cast.bas), name="Datawarehouse")
    db.flush()
    stored = db.exec(select(ApiToken)).one()
    assert stored.token_hash == digest(token)
    bas = by_token(db, token)
    assert bas is not None
    assert bas.id == cast.bas
    anna = actor(cast.anna)
    managing.disable(db, queries.get(db, anna, cast.bas), by=anna)
    db.flush()
    managing.enable(db, queries.get(db, anna, cast.bas), by=anna)
    db.flush()
    assert by_token(db, token) is None
    assert tokens.owner(db, "BAS@klantsafari.example").id == cast.bas
    with pytest.raises(NotFound):
        tokens.owner(db, "niemand@klantsafari.example")


def test_the_log_says_who_changed_whom(db: Session, cast: Cast, actor):
    anna = actor(cast.anna)
    carla = queries.get(db, anna, cast.carla)
    managing.grant(db, carla, MembershipDraft(role=Role.MANAGER, location_id=cast.branch), by=anna)
    db.flush()
    entry = db.exec(select(AuditEntry).where(AuditEntry.verb == "membership.granted")).one()
    assert (entry.actor_id, entry.subject_id, entry.location_id) == (cast.anna, cast.carla, cast.branch)
    assert entry.detail == {"role": "manager"}
