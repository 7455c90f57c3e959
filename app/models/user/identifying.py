"""From somebody at the organisation's own sign-in to a user here: known by issuer and subject, never by an address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.models.access import Actor, Permission
from app.models.audit.noting import note
from app.models.audit.table import AuditEntry
from app.models.user import inviting
from app.models.user.actors import digest
from app.models.user.claimed_roles import Claimed, claimed, reapply
from app.models.user.identity_table import SpentState, UserIdentity
from app.models.user.proof_table import Passkey
from app.models.user.setting_up import create_from_sso
from app.models.user.table import User
from app.oidc.id_tokens import Claims
from app.outside_addresses import is_mail_address
from app.settings import settings

FORGOTTEN = timedelta(days=1)
"""How long a state is known as spent: far longer than it is taken back."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who may come in, or why not: a code with words in error_words."""

    user: User | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SsoReport:
    last_used: datetime | None = None
    last_failed: datetime | None = None
    why: str = ""


def spend(db: Session, state: str) -> bool:
    """Whether this state comes back for the first time."""
    db.exec(delete(SpentState).where(col(SpentState.spent_at) < now() - FORGOTTEN))
    try:
        with db.begin_nested():
            db.add(SpentState(state_hash=digest(state)))
    except IntegrityError:
        return False
    return True


def enter(db: Session, claims: Claims, *, language: str) -> Entrance:
    """Gives and takes back the roles that the claims name, also when nobody comes in for want of any."""
    identity = _identity(db, claims)
    wanted = claimed(db, claims.all)
    if identity is None:
        return _newcomer(db, claims, wanted, language) if wanted else _invited(db, claims, language)
    user = db.get_one(User, identity.user_id)
    if user.disabled_at:
        return Entrance(refusal="sso.disabled")
    identity.used_at = now()
    return Entrance(user) if reapply(db, user, wanted) else Entrance(refusal="sso.no_role")


def is_own(db: Session, claims: Claims, *, by: Actor) -> bool:
    identity = _identity(db, claims)
    return identity is not None and identity.user_id == by.id


def link(db: Session, claims: Claims, *, by: Actor) -> None:
    """Joins it to the account of who is signed in here, and just showed so in both places."""
    identity = _identity(db, claims)
    if identity is None:
        _remember(db, db.get_one(User, by.id), claims)
        note(db, "identity.linked", "user", by.id, by=by)
    elif identity.user_id != by.id:
        raise Conflict("sso.other_person")


def linked(db: Session, actor: Actor) -> list[UserIdentity]:
    """The actor's own at the issuer of now."""
    own = select(UserIdentity).where(
        UserIdentity.user_id == actor.id, UserIdentity.issuer == settings().oidc_issuer
    )
    return list(db.exec(own.order_by(col(UserIdentity.created_at))))


def unlink(db: Session, identity_id: str, *, by: Actor) -> None:
    own = select(UserIdentity).where(UserIdentity.id == identity_id, UserIdentity.user_id == by.id)
    identity = db.exec(own).first()
    if identity is None:
        raise NotFound
    has_key = db.exec(select(Passkey.id).where(Passkey.user_id == by.id)).first()
    if db.get_one(User, by.id).password_hash is None and not has_key:
        raise Invalid({"form": "sso.only_way"})
    db.delete(identity)
    note(db, "identity.unlinked", "user", by.id, by=by)


def report(db: Session, actor: Actor) -> SsoReport:
    """When it last worked and when it last did not; nothing for who does not manage people."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        return SsoReport()
    here = UserIdentity.issuer == settings().oidc_issuer
    used = db.exec(
        select(UserIdentity.used_at).where(here).order_by(col(UserIdentity.used_at).desc())
    ).first()
    wrong = db.exec(_failures().limit(1)).first()
    return SsoReport(used, wrong.at if wrong else None, str(wrong.detail.get("why", "")) if wrong else "")


def note_trouble(db: Session, why: str) -> None:
    """For the beheerder: what the other side did wrong. Once a minute at most, for anybody can begin a sign-in."""
    before = db.exec(_failures().limit(1)).first()
    if before is None or before.at < now() - timedelta(minutes=1):
        note(db, "sso.failed", "sso", "sso", by=None, why=why)


def _failures() -> SelectOfScalar[AuditEntry]:
    return select(AuditEntry).where(AuditEntry.verb == "sso.failed").order_by(col(AuditEntry.at).desc())


def _identity(db: Session, claims: Claims) -> UserIdentity | None:
    found = select(UserIdentity).where(
        UserIdentity.issuer == claims.issuer, UserIdentity.subject == claims.subject
    )
    return db.exec(found).first()


def _newcomer(db: Session, claims: Claims, wanted: Claimed, language: str) -> Entrance:
    if not is_mail_address(claims.email) or claims.email_verified is False:
        return Entrance(refusal="sso.no_address")
    if db.exec(select(User.id).where(User.email == claims.email)).first():
        return Entrance(refusal="sso.link_first")
    user = create_from_sso(db, email=claims.email, name=claims.name, language=language)
    _remember(db, user, claims)
    reapply(db, user, wanted)
    return Entrance(user)


def _invited(db: Session, claims: Claims, language: str) -> Entrance:
    """Somebody without a role there, who was asked here at an address that the other side vouches for."""
    invited = inviting.open_for(db, claims.email) if claims.email_verified else []
    if not invited:
        return Entrance(refusal="sso.no_role")
    if invited[0].known:
        return Entrance(refusal="sso.link_first")
    name = claims.name or invited[0].invitation.name
    user = create_from_sso(db, email=claims.email, name=name, language=language)
    _remember(db, user, claims)
    inviting.accept_all(db, user, invited)
    return Entrance(user)


def _remember(db: Session, user: User, claims: Claims) -> None:
    db.add(UserIdentity(user_id=user.id, issuer=claims.issuer, subject=claims.subject))
    db.flush()
