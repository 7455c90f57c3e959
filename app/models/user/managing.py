"""What a beheerder does with somebody's account: roles at places, and whether it may be used at all."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from app.clock import now
from app.errors import Forbidden, Invalid, NotFound
from app.models.access import Actor, Permission, Role
from app.models.audit.noting import note
from app.models.location.arranging import chosen
from app.models.location.table import Location
from app.models.user.queries import Person
from app.models.user.schemas import MembershipDraft
from app.models.user.table import ApiToken, Membership, User, UserSession


def grant(db: Session, person: Person, draft: MembershipDraft, *, by: Actor) -> None:
    location = chosen(db, by, draft.location_id, Permission.MANAGE_PEOPLE)
    if any(h.role == draft.role and h.location.id == location.id for h in person.held):
        raise Invalid({"role": "membership.there"})
    try:
        with db.begin_nested():
            db.add(Membership(user_id=person.user.id, location_id=location.id, role=draft.role))
    except IntegrityError:
        # The other tap of a double tap was first; PostgreSQL lets both come this far.
        return
    note(db, "membership.granted", "user", person.user.id, by=by, at=location.id, role=draft.role.value)


def withdraw(db: Session, person: Person, membership_id: str, *, by: Actor) -> None:
    held = next((h for h in person.held if h.membership_id == membership_id), None)
    if held is None:
        raise NotFound
    if not by.may(Permission.MANAGE_PEOPLE, at=held.location.path):
        raise Forbidden
    if held.role == Role.ADMIN and held.location.parent_id is None:
        check_not_last(db, person.user)
    db.exec(delete(Membership).where(col(Membership.id) == membership_id))
    note(db, "membership.withdrawn", "user", person.user.id, by=by, at=held.location.id, role=held.role.value)


def disable(db: Session, person: Person, *, by: Actor) -> None:
    """Ends every session and token at once. What the person wrote stays."""
    check_whole(db, person, by)
    if person.user.id == by.id:
        raise Invalid({"form": "user.yourself"})
    check_not_last(db, person.user)
    person.user.disabled_at = now()
    db.exec(delete(UserSession).where(col(UserSession.user_id) == person.user.id))
    tokens = update(ApiToken).where(
        col(ApiToken.user_id) == person.user.id, col(ApiToken.revoked_at).is_(None)
    )
    db.exec(tokens.values(revoked_at=now()))
    note(db, "user.disabled", "user", person.user.id, by=by)


def enable(db: Session, person: Person, *, by: Actor) -> None:
    check_whole(db, person, by)
    person.user.disabled_at = None
    note(db, "user.enabled", "user", person.user.id, by=by)


def check_whole(db: Session, person: Person, by: Actor) -> None:
    """The account as a whole is for who manages every place where the person works."""
    paths = db.exec(
        select(Location.path)
        .join(Membership, col(Membership.location_id) == col(Location.id))
        .where(Membership.user_id == person.user.id)
    )
    if not all(by.may(Permission.MANAGE_PEOPLE, at=path) for path in paths):
        raise Forbidden


def check_not_last(db: Session, user: User) -> None:
    """Locks the beheerders at the top, so that two of them cannot remove each other at the same moment."""
    admins = db.exec(
        select(Membership.user_id)
        .join(User, col(User.id) == col(Membership.user_id))
        .join(Location, col(Location.id) == col(Membership.location_id))
        .where(
            Membership.role == Role.ADMIN,
            col(Location.parent_id).is_(None),
            col(User.disabled_at).is_(None),
        )
        .with_for_update(of=(Membership, User))
    )
    if set(admins) == {user.id}:
        raise Invalid({"form": "user.last_admin"})
