import pytest
from sqlmodel import Session

from app.errors import NotFound
from app.models.access import Permission, Role
from app.models.team import arranging, queries
from app.models.team.schemas import TeamChanges
from app.models.user.actors import actor_for
from tests.cast import Cast
from tests.makers_user import someone


def test_who_sees_only_the_bank_does_not_drop_members_from_elsewhere(db: Session, cast: Cast, actor):
    wout = actor_for(db, someone(db, "wout@klantsafari.example", (Role.ADMIN, cast.bank)))
    team = queries.get(db, wout, cast.branch_team, Permission.MANAGE_PEOPLE)
    both = TeamChanges(name="Klantadvies", members=[cast.carla, cast.dirk])
    arranging.change(db, team, both, by=actor(cast.anna))
    arranging.change(db, team, TeamChanges(name="Advies", members=[]), by=wout)
    assert (team.name, queries.member_ids(db, team)) == ("Advies", {cast.carla})


def test_a_team_elsewhere_is_not_there(db: Session, cast: Cast, actor):
    with pytest.raises(NotFound):
        queries.get(db, actor(cast.bas), cast.branch_team, Permission.READ_BOARD)
    assert [t.name for t in queries.choices(db, actor(cast.bas), Permission.READ_BOARD)] == [
        "Balie burgerzaken"
    ]
