"""Roles that follow from the organisation's own sign-in: given and taken back at each sign-in, and no others."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, delete, select

from app.errors import Invalid
from app.models.access import Role
from app.models.audit.noting import note
from app.models.location.table import Location
from app.models.user.managing import check_not_last
from app.models.user.table import Membership, User
from app.role_mapping import matching, parse
from app.settings import settings

Claimed = set[tuple[Role, str]]
"""Roles, each with the id of a location."""


def claimed(db: Session, claims: Mapping[str, Any]) -> Claimed:
    """A place that is not there, or that two share the name of, gives nothing."""
    places = _places(db)
    found = {
        (Role(rule.role), _named(places, rule.place))
        for rule in matching(parse(settings().oidc_roles), claims)
    }
    return {(role, place) for role, place in found if place}


def unknown_places(db: Session) -> list[str]:
    """What the mapping names and is no one location."""
    places = _places(db)
    named = {rule.place for rule in parse(settings().oidc_roles)}
    return sorted(place for place in named if not _named(places, place))


def reapply(db: Session, user: User, wanted: Claimed) -> bool:
    """Whether the person has any role now. What a beheerder gave by hand stays; the last beheerder stays too."""
    held = list(db.exec(select(Membership).where(Membership.user_id == user.id).with_for_update()))
    there = {(m.role, m.location_id) for m in held}
    gone = [m for m in held if m.from_sso and (m.role, m.location_id) not in wanted]
    left = len(held) - sum(_withdraw(db, user, membership) for membership in gone)
    for role, place in sorted(wanted - there):
        db.add(Membership(user_id=user.id, location_id=place, role=role, from_sso=True))
        note(db, "membership.granted", "user", user.id, by=None, at=place, role=role.value, sso=True)
    db.flush()
    return left + len(wanted - there) > 0


def _withdraw(db: Session, user: User, membership: Membership) -> bool:
    if membership.role == Role.ADMIN and db.get_one(Location, membership.location_id).parent_id is None:
        try:
            check_not_last(db, user)
        except Invalid:
            return False
    db.exec(delete(Membership).where(col(Membership.id) == membership.id))
    at, role = membership.location_id, membership.role.value
    note(db, "membership.withdrawn", "user", user.id, by=None, at=at, role=role, sso=True)
    return True


def _places(db: Session) -> list[tuple[str, str]]:
    """Every location's id, with its names from the top: /waterrijk/gemeente/stadskantoor."""
    rows = {place.id: place for place in db.exec(select(Location))}
    return [
        (key, "/" + "/".join(rows[step].name.casefold() for step in place.path.strip("/").split("/")))
        for key, place in rows.items()
    ]


def _named(places: list[tuple[str, str]], name: str) -> str:
    ending = "/" + name.strip("/").casefold()
    found = [key for key, names in places if names.endswith(ending)]
    return found[0] if len(found) == 1 else ""
