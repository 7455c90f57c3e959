"""Of whom a second factor is asked when they come in: the organisation says so by role."""

from collections.abc import Mapping

from sqlmodel import Session, col, delete, func, or_, select

from app.errors import Invalid
from app.models.access import Actor, Role
from app.models.audit.noting import note
from app.models.record import put_new
from app.models.user.actors import has_second_factor
from app.models.user.forced_table import ForcedRole
from app.models.user.proof_table import CodeApp, Passkey
from app.models.user.schemas import ForcedRoles
from app.models.user.table import Membership, User, UserSession


def roles(db: Session) -> set[Role]:
    return {Role(role) for role in db.exec(select(ForcedRole.role))}


def force(db: Session, draft: ForcedRoles, *, by: Actor) -> None:
    """Exactly these roles. Nobody shuts themselves out: of an own role it is asked once it was shown here."""
    wanted, there = set(draft.roles), roles(db)
    if wanted == there:
        return
    if wanted & by.roles():
        _check_own(db, by)
    db.exec(delete(ForcedRole).where(col(ForcedRole.role).not_in(wanted)))
    put_new(db, ForcedRole, [ForcedRole(role=role).model_dump() for role in wanted - there])
    now_asked = [role.value for role in Role if role in wanted]
    note(db, "sign_in.second_factor_asked", "sign_in", "second-factor", by=by, roles=now_asked)


def _check_own(db: Session, by: Actor) -> None:
    if not has_second_factor(db, by.id):
        raise Invalid({"roles": "second_factor.own_first"})
    session = db.get(UserSession, by.session_id) if by.session_id else None
    if session is None or not session.strong:
        raise Invalid({"roles": "second_factor.show_first"})


def strengthen(db: Session, *, by: Actor) -> None:
    """In this session a second factor was shown, or made."""
    session = db.get(UserSession, by.session_id) if by.session_id else None
    if session:
        session.strong = True
        db.flush()


def check_may_lose(db: Session, *, by: Actor, field: str) -> None:
    """Before one goes. Invalid when it is the last, and asked."""
    asked = select(Membership.id).join(ForcedRole, col(ForcedRole.role) == col(Membership.role))
    if db.exec(asked.where(Membership.user_id == by.id).limit(1)).first() is None:
        return
    ways = (select(func.count()).where(table.user_id == by.id) for table in (CodeApp, Passkey))
    if sum(db.exec(way).one() for way in ways) <= 1:
        raise Invalid({field: "second_factor.last"})


def without(db: Session) -> Mapping[Role, int]:
    """Role -> how many who can sign in have none yet."""
    of_app = select(CodeApp.id).where(col(CodeApp.user_id) == col(User.id)).exists()
    of_key = select(Passkey.id).where(col(Passkey.user_id) == col(User.id)).exists()
    counted = (
        select(Membership.role, func.count(func.distinct(User.id)))
        .join(User, col(User.id) == col(Membership.user_id))
        .where(col(User.disabled_at).is_(None), ~or_(of_app, of_key))
        .group_by(col(Membership.role))
    )
    return {Role(role): many for role, many in db.execute(counted)}
