"""An invitation is a link that works once, for 14 days, and only as long as who sent it may still invite there."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.clock import now
from app.errors import Forbidden, Invalid, NotFound
from app.models.access import Actor, Permission, Role
from app.models.audit.noting import note
from app.models.location.arranging import chosen
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.user.actors import actor_for, digest
from app.models.user.schemas import InvitationDraft
from app.models.user.setting_up import create
from app.models.user.table import Invitation, Membership, User

VALID_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Invited:
    invitation: Invitation
    location: Location
    inviter: User | None = None
    known: User | None = None


def roles_to_give(actor: Actor, at: str | None = None) -> list[Role]:
    """At the location with that path, or anywhere. A manager makes no beheerders."""
    if actor.may(Permission.MANAGE_PEOPLE, at=at):
        return list(Role)
    return [r for r in Role if r is not Role.ADMIN] if actor.may(Permission.INVITE, at=at) else []


def invite(db: Session, draft: InvitationDraft, *, by: Actor) -> tuple[Invitation, str]:
    """The invitation and its token, which is kept nowhere else."""
    location = chosen(db, by, draft.location_id, Permission.INVITE)
    if draft.role not in roles_to_give(by, location.path):
        raise Invalid({"role": "user.role_not_yours"})
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        **draft.model_dump(),
        token_hash=digest(token),
        invited_by_id=by.id,
        expires_at=now() + VALID_FOR,
    )
    db.add(invitation)
    note(db, "invitation.made", "invitation", invitation.id, by=by, at=location.id, role=draft.role.value)
    return invitation, token


def open_ones(db: Session, actor: Actor) -> list[Invited]:
    """Those that still can be accepted, at the places where the actor may invite; the newest first."""
    rows = db.exec(
        select(Invitation, Location)
        .join(Location, col(Location.id) == col(Invitation.location_id))
        .where(
            col(Location.id).in_(ids_within(actor, Permission.INVITE)),
            col(Invitation.accepted_at).is_(None),
            col(Invitation.expires_at) > now(),
        )
        .order_by(col(Invitation.created_at).desc())
    )
    return [Invited(invitation, location) for invitation, location in rows]


def revoke(db: Session, invitation_id: str, *, by: Actor) -> None:
    found = next((i for i in open_ones(db, by) if i.invitation.id == invitation_id), None)
    if found is None:
        raise NotFound
    if found.invitation.role not in roles_to_give(by, found.location.path):
        raise Forbidden
    db.delete(found.invitation)
    note(db, "invitation.revoked", "invitation", invitation_id, by=by, at=found.location.id)


def by_token(db: Session, token: str) -> Invited:
    """NotFound when it never was, was used, revoked or ran out, or when its sender may no longer invite."""
    found = _open(db, col(Invitation.token_hash) == digest(token))
    if not found:
        raise NotFound("invitation.gone")
    return found[0]


def open_for(db: Session, email: str) -> list[Invited]:
    """What somebody is invited to who proved in another way that this address is theirs; the newest first."""
    return _open(db, col(Invitation.email) == email)


def _open(db: Session, which: ColumnElement[bool]) -> list[Invited]:
    """Those of senders who may still invite there."""
    rows = db.exec(
        select(Invitation, Location, User)
        .join(Location, col(Location.id) == col(Invitation.location_id))
        .join(User, col(User.id) == col(Invitation.invited_by_id))
        .where(
            which,
            col(Invitation.accepted_at).is_(None),
            col(Invitation.expires_at) > now(),
            col(User.disabled_at).is_(None),
        )
        .order_by(col(Invitation.created_at).desc())
        .with_for_update(of=Invitation)
    ).all()
    return [
        Invited(invitation, location, inviter, _known(db, invitation.email))
        for invitation, location, inviter in rows
        if invitation.role in roles_to_give(actor_for(db, inviter), location.path)
    ]


def _known(db: Session, email: str) -> User | None:
    return db.exec(select(User).where(User.email == email)).first()


def newcomer(db: Session, token: str) -> Invited:
    """Who has no account yet; Forbidden for anybody else."""
    invited = by_token(db, token)
    if invited.known:
        raise Forbidden("invitation.sign_in_first")
    return invited


def accept_as_new(
    db: Session, token: str, name: str, *, hashed: str | None, language: str, known_as: str | None = None
) -> User:
    """`hashed` is the password's hash; None for who brings a passkey instead, with the id that it was made for."""
    invited = newcomer(db, token)
    user = create(
        db,
        email=invited.invitation.email,
        name=name,
        hashed=hashed,
        roles=[invited.invitation.role],
        at=invited.location,
        language=language,
        known_as=known_as,
    )
    _use(db, invited, actor_for(db, user))
    return user


def accept(db: Session, token: str, *, by: Actor) -> None:
    """Adds the role to somebody who proved to be the invited one by signing in."""
    invited = by_token(db, token)
    if invited.invitation.email != by.email:
        raise Forbidden("invitation.other_person")
    role, location = invited.invitation.role, invited.location
    there = select(Membership.id).where(
        Membership.user_id == by.id, Membership.location_id == location.id, Membership.role == role
    )
    if db.exec(there).first() is None:
        db.add(Membership(user_id=by.id, location_id=location.id, role=role))
    _use(db, invited, by)


def accept_all(db: Session, user: User, invited: list[Invited]) -> None:
    """For somebody new, who needs no link: the organisation's own sign-in vouched for the address."""
    wanted = {(one.invitation.role, one.location.id) for one in invited}
    db.add_all(Membership(user_id=user.id, location_id=place, role=role) for role, place in sorted(wanted))
    db.flush()
    for one in invited:
        _use(db, one, actor_for(db, user))


def _use(db: Session, invited: Invited, by: Actor) -> None:
    invited.invitation.accepted_at = now()
    note(db, "invitation.accepted", "invitation", invited.invitation.id, by=by, at=invited.location.id)
