"""With what somebody proves who they are, besides a password."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from app.models.record import Record, moment


class Passkey(Record, table=True):
    """The public half of a key that lies on somebody's device, or with its maker."""

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    key_id: str = Field(unique=True, max_length=1400, description="As its device calls it, in base64url.")
    public_key: bytes = Field(sa_type=LargeBinary)
    site: str = Field(max_length=253, description="The domain it was made for, and works for.")
    used: int = Field(default=0, description="How often its device says it was used; 0 when it does not say.")
    name: str = Field(max_length=120)
    last_used_at: datetime | None = moment(default=None)


class CodeApp(Record, table=True):
    """The second step of somebody who signs in by password: a secret shared with an app that makes codes."""

    __tablename__ = "code_app"

    user_id: str = Field(foreign_key="users.id", unique=True, max_length=36)
    sealed_secret: bytes = Field(sa_type=LargeBinary)
    last_step: int = Field(default=0, description="The half minute of the last code that was used.")


class SpareCode(Record, table=True):
    """Works once, for who lost the code app. Only a keyed hash is kept."""

    __tablename__ = "spare_code"

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    code_hash: str = Field(unique=True, max_length=64)


class SpentTicket(Record, table=True):
    """A challenge that was answered, until it would have run out by itself."""

    __tablename__ = "spent_ticket"

    ticket_hash: str = Field(unique=True, max_length=64)
    expires_at: datetime = moment()


class KnownBrowser(Record, table=True):
    """Somebody signed in here before: its tries are counted apart, so that strangers cannot lock it out."""

    __tablename__ = "known_browser"
    __table_args__ = (UniqueConstraint("user_id", "browser_hash"),)

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    browser_hash: str = Field(max_length=64)
    seen_at: datetime = moment()


class NoticeKind(StrEnum):
    PASSKEY_OFFER = "passkey_offer"
    CODE_APP_RESET = "code_app_reset"
    PASSKEYS_RESET = "passkeys_reset"
    SIGNED_OUT = "signed_out"


class Notice(Record, table=True):
    """What somebody is told about their own account on Vandaag, until they say they read it."""

    __table_args__ = (UniqueConstraint("user_id", "kind"),)

    user_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    kind: str = Field(max_length=30)
    read_at: datetime | None = moment(default=None)
