from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.models.record import moment, one_of


class Purpose(StrEnum):
    """What a customer says yes to, each by itself: the talk and its words, a photo, their voice, a call, a link."""

    QUOTE = "quote"
    PHOTO = "photo"
    VOICE = "voice"
    CALL_BACK = "call_back"
    LINK = "link"


class Channel(StrEnum):
    SPOKEN = "spoken"
    WRITTEN = "written"
    LINK = "link"


class Consent(SQLModel, table=True):
    """A customer's yes for one purpose: `version` of the text that was read to them, and how they said it.

    A withdrawn yes stays as a row, so that nothing comes back by being sent again.
    """

    note_id: str = Field(foreign_key="field_note.id", primary_key=True, max_length=36)
    purpose: Purpose = Field(sa_type=one_of(Purpose), primary_key=True)
    version: str = Field(default="", max_length=40)
    channel: Channel = Field(default=Channel.SPOKEN, sa_type=one_of(Channel))
    given_at: datetime | None = moment(default=None)
    given_to_id: str | None = Field(
        default=None, foreign_key="users.id", max_length=36, description="Who heard it."
    )
    withdrawn_at: datetime | None = moment(default=None)
    withdrawn_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
