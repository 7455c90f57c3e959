from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, false
from sqlmodel import Field

from app.models.access import Role
from app.models.record import Record, moment, one_of


class User(Record, table=True):
    __tablename__ = "users"

    email: str = Field(unique=True, max_length=254, description="Lower case.")
    name: str = Field(max_length=120)
    language: str = Field(default="nl", max_length=2)
    password_hash: str | None = None
    disabled_at: datetime | None = moment(default=None)


class Membership(Record, table=True):
    """A role at a location and everything below it."""

    __table_args__ = (UniqueConstraint("user_id", "location_id", "role"),)

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    role: Role = Field(sa_type=one_of(Role))
    from_sso: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="Given by the organisation's own sign-in, and taken back by it.",
    )


class Way(StrEnum):
    """How somebody came in."""

    PASSWORD = "password"  # noqa: S105 - a way in, not a password
    PASSWORD_AND_CODE = "password_code"  # noqa: S105 - likewise
    PASSKEY = "passkey"
    SSO = "sso"
    MAIL_CODE = "mail_code"


class UserSession(Record, table=True):
    """One signed-in device. Only the sha256 of its token is kept."""

    __tablename__ = "user_session"

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    token_hash: str = Field(unique=True, max_length=64)
    device: str = Field(default="", max_length=200)
    way: Way = Field(default=Way.PASSWORD, sa_type=one_of(Way))
    network: str = Field(default="", max_length=45, description="Where last seen; its last part is not kept.")
    strong: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="A second factor was shown in it.",
    )
    phone_id: str | None = Field(
        default=None, max_length=36, description="The browser's own id, once it has said so."
    )
    last_seen_at: datetime = moment()
    confirmed_at: datetime | None = moment(
        default=None, description="When its owner last proved to be the one who signed in."
    )
    expires_at: datetime = moment()


class ApiToken(Record, table=True):
    """A bearer token for an integration; acts as its user."""

    __tablename__ = "api_token"

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    token_hash: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=120)
    revoked_at: datetime | None = moment(default=None)


class SignInAttempt(Record, table=True):
    """A failed sign-in, by the sha256 of the address and of the e-mail; what throttling counts."""

    __tablename__ = "sign_in_attempt"

    key: str = Field(index=True, max_length=64)


class Invitation(Record, table=True):
    """A link that works once. The token itself is shown once and only its sha256 kept."""

    token_hash: str = Field(unique=True, max_length=64)
    email: str = Field(max_length=254)
    name: str = Field(max_length=120)
    location_id: str = Field(foreign_key="location.id", max_length=36)
    role: Role = Field(sa_type=one_of(Role))
    invited_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    expires_at: datetime = moment()
    accepted_at: datetime | None = moment(default=None)
