"""Whatever beheerders do to each other, in whatever order: one who can sign in stays at the top."""

import random

import pytest
from sqlmodel import Session, col, select

from app.errors import Problem
from app.models.access import Role
from app.models.location import arranging
from app.models.location.table import Location
from app.models.user import managing, queries
from app.models.user.actors import actor_for
from app.models.user.schemas import MembershipDraft
from app.models.user.table import Membership, User
from tests.cast import Cast
from tests.makers_user import someone

STEPS = 60


def at_the_top(db: Session) -> list[str]:
    """Who can sign in and manage everything."""
    there = (
        select(User.id)
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(
            Membership.role == Role.ADMIN,
            Membership.location_id == Cast.waterrijk,
            col(User.disabled_at).is_(None),
        )
    )
    return list(db.exec(there))


def some_step(db: Session, dice: random.Random, people: list[str]) -> None:
    """One thing that a beheerder does, to a colleague or to themselves; it may be refused."""
    by = actor_for(db, db.get_one(User, dice.choice(at_the_top(db))))
    person = queries.get(db, by, dice.choice([by.id, *people]))
    match dice.randrange(5):
        case 0 | 1 if person.held:
            managing.withdraw(db, person, dice.choice(person.held).membership_id, by=by)
        case 2:
            managing.disable(db, person, by=by)
        case 3:
            managing.enable(db, person, by=by)
        case _:
            place = dice.choice([Cast.waterrijk, Cast.city, Cast.bank])
            managing.grant(db, person, MembershipDraft(role=Role.ADMIN, location_id=place), by=by)


@pytest.mark.parametrize("seed", range(4))
def test_one_beheerder_always_stays(db: Session, cast: Cast, seed: int):
    dice = random.Random(seed)
    people = [
        someone(db, f"{name}@klantsafari.example", (Role.ADMIN, cast.waterrijk)).id
        for name in ("wout", "fatima")
    ]
    fewest = len(at_the_top(db))
    for _ in range(STEPS):
        try:
            with db.begin_nested():
                some_step(db, dice, people)
                db.flush()
        except Problem:
            pass
        fewest = min(fewest, len(at_the_top(db)))
    assert fewest == 1


def test_the_place_of_the_last_beheerder_stays(db: Session, cast: Cast, actor):
    with pytest.raises(Problem):
        arranging.remove(db, db.get_one(Location, cast.waterrijk), by=actor(cast.anna))
    assert at_the_top(db) == [cast.anna]
