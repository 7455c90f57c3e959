"""Of which roles a second factor is asked."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.access import Role
from app.models.record import moment, one_of


class ForcedRole(SQLModel, table=True):
    """Whoever holds this role, anywhere, comes in with a second factor from `since` on."""

    __tablename__ = "forced_role"

    role: Role = Field(primary_key=True, sa_type=one_of(Role))
    since: datetime = moment(default_factory=now)
