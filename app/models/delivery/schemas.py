"""What a phone says of the notes it holds, and what it hears back."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from app.clock import within_reach
from app.models.field_note.schemas import NoteId, ReceiptOut, Sha256

MOST_ANNOUNCED = 1000
MOST_SENT = 50
PhoneId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
State = Literal["unknown", "have", "differs", "deleted", "quarantined"]


class ManifestEntry(BaseModel):
    """One note on the phone, without its words: `attachments` are the sha256 of its files."""

    id: NoteId
    revision: int = Field(ge=1, le=10_000)
    sha256: Sha256
    attachments: Annotated[list[Sha256], Field(max_length=30)] = []
    safari_id: NoteId | None = None
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z]{0,20}$")] = ""
    held_at: Annotated[AwareDatetime, AfterValidator(within_reach)] | None = None


class NoteStateOut(BaseModel):
    """`missing`: files the phone has yet to send. A `receipt` proves what is here under exactly these bytes."""

    id: str
    state: State
    missing: list[str] = []
    receipt: ReceiptOut | None = None


class ManifestOut(BaseModel):
    notes: list[NoteStateOut]


class SyncedNote(BaseModel):
    """`bytes` is the note as it was frozen, as text; its UTF-8 is what the sha256 is of. `if_match` as If-Match."""

    id: NoteId
    revision: int = Field(ge=1, le=10_000)
    if_match: int | None = Field(default=None, ge=1, le=10_000)
    bytes: str


class Announced(BaseModel):
    """A note that a phone spoke of and that is not here, as shown to a person."""

    note_id: str
    who: str
    own: bool
    device: str
    kind: str
    place: str
    safari_id: str | None
    held_at: datetime | None
    announced_at: datetime


class Why(StrEnum):
    """Why a note does not come any more."""

    LOST = "lost"
    WIPED = "wiped"
    OTHER = "other"


class Settlement(BaseModel):
    """`why`: the device is lost or broken, it was wiped, or something else, told in `words`."""

    why: Why
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""

    @property
    def said(self) -> str:
        return f"{self.why}: {self.words}" if self.words else str(self.why)
