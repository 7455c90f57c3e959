"""The very first start: an organisation, its first place, its first beheerder, themes and guides."""

from pydantic import BaseModel
from sqlmodel import Session

from app.errors import NotFound
from app.models.access import Role
from app.models.guide.publishing import publish_shipped
from app.models.location.arranging import place
from app.models.location.schemas import Name
from app.models.location.table import LocationKind
from app.models.tag.shipping import ship_themes
from app.models.user import setting_up
from app.models.user.schemas import Email, NewPassword
from app.models.user.table import User


class SetupDraft(BaseModel):
    organisation: Name
    location: Name
    name: Name
    email: Email
    password: NewPassword


def start(db: Session, draft: SetupDraft, *, language: str = "nl") -> User:
    """NotFound as soon as there is one user. Who starts alone is manager too, to be able to go on safari."""
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
        password=draft.password,
        roles=(Role.ADMIN, Role.MANAGER),
        at=organisation,
        language=language,
    )
