"""The very first start: an organisation, its first place, its first beheerder, themes and guides; and the way back
in for a beheerder who is locked out."""

from pydantic import BaseModel
from sqlmodel import Session, col, delete, select

from app.errors import NotFound
from app.models.access import Role
from app.models.audit.noting import note
from app.models.guide.publishing import publish_shipped
from app.models.location.arranging import place
from app.models.location.schemas import Name
from app.models.location.table import Location, LocationKind
from app.models.tag.shipping import ship_themes
from app.models.user import code_app, setting_up
from app.models.user.proof_table import Passkey
from app.models.user.schemas import Email, NewPassword
from app.models.user.table import Membership, User


class SetupDraft(BaseModel):
    organisation: Name
    location: Name
    name: Name
    email: Email
    password: NewPassword


def start(db: Session, draft: SetupDraft, *, hashed: str, language: str = "nl") -> User:
    """NotFound as soon as there is one user. Who starts alone is manager too, to be able to go on safari. `hashed` is
    the hash of the draft's password."""
    if not setting_up.alone(db):
        raise NotFound
    organisation = place(db, draft.organisation, LocationKind.ORGANISATION, below=None)
    place(db, draft.location, LocationKind.LOCATION, below=organisation)
    ship_themes(db)
    publish_shipped(db)
    return setting_up.create(
        db,
        email=draft.email,
        name=draft.name,
        hashed=hashed,
        roles=(Role.ADMIN, Role.MANAGER),
        at=organisation,
        language=language,
    )


def appoint(db: Session, draft: SetupDraft) -> User:
    """For a command on the server itself: the first start when there is nobody, else a beheerder at the top.
    A known user gets the role, the password, and access again, also without the code app that was lost."""
    hashed = setting_up.hashed_password(draft.password, draft.email)
    if setting_up.is_empty(db):
        return start(db, draft, hashed=hashed)
    top = db.exec(select(Location).where(col(Location.parent_id).is_(None))).one()
    user = db.exec(select(User).where(User.email == draft.email)).first()
    if user is None:
        given = {"email": draft.email, "name": draft.name, "hashed": hashed}
        return setting_up.create(db, **given, roles=[Role.ADMIN], at=top)
    user.password_hash, user.disabled_at = hashed, None
    code_app.forget(db, user.id)
    db.exec(delete(Passkey).where(col(Passkey.user_id) == user.id))
    held = select(Membership.id).where(
        Membership.user_id == user.id, Membership.location_id == top.id, Membership.role == Role.ADMIN
    )
    if db.exec(held).first() is None:
        db.add(Membership(user_id=user.id, location_id=top.id, role=Role.ADMIN))
    note(db, "user.appointed", "user", user.id, by=None, at=top.id)
    return user
