"""What the organisation decided about personal data, who asked about theirs, and what went wrong with it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from app.models.record import JSON_COLUMN, Record, moment, one_of


class Kept(StrEnum):
    """What is kept for so many days: the first six for each place, the others for the whole organisation."""

    VOICE = "voice"
    CONTACT = "contact"
    CONTACT_OPEN = "contact_open"
    PHOTO = "photo"
    QUARANTINE = "quarantine"
    NOTE = "note"
    SESSION = "session"


class RetentionTerm(SQLModel, table=True):
    """Days at one place and all below it; without a row the place above says it, at the top what is shipped."""

    __tablename__ = "retention_term"

    location_id: str = Field(foreign_key="location.id", primary_key=True, max_length=36)
    kind: Kept = Field(sa_type=one_of(Kept), primary_key=True)
    days: int


class PrivacyOfficer(SQLModel, table=True):
    """Whom a customer writes to about their data; one row, at the top."""

    __tablename__ = "privacy_officer"

    location_id: str = Field(foreign_key="location.id", primary_key=True, max_length=36)
    name: str = Field(default="", max_length=120)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)


class RequestKind(StrEnum):
    ACCESS = "access"
    ERASURE = "erasure"


class RequestState(StrEnum):
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class PrivacyRequest(Record, table=True):
    """A customer asks to see or to erase what is kept of them. A manager writes it down, a beheerder carries it out.

    `who` are name, number or e-mail address to look for, sealed, and gone once it is done. `outcome` has counts, the
    moment and the hash of both: never what it was about.
    """

    __tablename__ = "privacy_request"

    kind: RequestKind = Field(sa_type=one_of(RequestKind))
    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    note_id: str | None = Field(default=None, foreign_key="field_note.id", index=True, max_length=36)
    who: bytes | None = Field(default=None, sa_type=LargeBinary)
    reason: str = Field(default="", max_length=500)
    requested_by_id: str = Field(foreign_key="users.id", max_length=36)
    state: RequestState = Field(default=RequestState.OPEN, sa_type=one_of(RequestState))
    done_at: datetime | None = moment(default=None)
    done_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    note_ids: list[str] = Field(default_factory=list, sa_type=JSON_COLUMN)
    outcome: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_COLUMN)
    sha256: str = Field(default="", max_length=64)


class Breach(Record, table=True):
    """One line of the list that the law asks for: what leaked, what was done, and who was told."""

    found_on: date
    what: str
    whose: str = ""
    measures: str = ""
    told: str = ""
    reported_at: datetime | None = moment(default=None)
    why_not: str = ""
    written_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
