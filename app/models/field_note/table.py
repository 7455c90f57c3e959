from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import JSON_COLUMN, Record, moment, one_of


class NoteKind(StrEnum):
    INTERVIEW = "interview"
    OBSERVATION = "observation"


class TaggingState(StrEnum):
    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class FieldNote(Record, table=True):
    """What was heard or seen. `answers` is {field: {"value": ..., "literal": bool}}: one document, as it was sent.

    `headline` (the customer's own sentence where there is one), `nps`, `channel`, `effect` and `sentiment`
    are derived from it, for lists and filters. `location_id` is the safari's, so that access needs no join.
    """

    __tablename__ = "field_note"
    __table_args__ = (
        Index("ix_field_note_held_at_id", "held_at", "id"),
        Index("ix_field_note_location_held_at", "location_id", "held_at"),
    )

    safari_id: str = Field(foreign_key="safari.id", index=True, max_length=36)
    location_id: str = Field(foreign_key="location.id", max_length=36)
    author_id: str = Field(foreign_key="users.id", index=True, max_length=36)
    kind: NoteKind = Field(sa_type=one_of(NoteKind))
    revision: int = 1
    held_at: datetime = moment()
    consent: str = Field(
        default="",
        max_length=40,
        description="Version of the text that was read and agreed to.",
    )
    declined: bool = Field(
        default=False,
        description="The customer would rather not; only place and time are kept.",
    )
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_COLUMN)
    announced: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_type=JSON_COLUMN,
        description="Photos and voice that belong to it, here or on their way.",
    )
    headline: str = ""
    headline_literal: bool = False
    sentiment: str = Field(default="neutral", max_length=10)
    read_with: str | None = Field(
        default=None,
        max_length=16,
        description="Version of the words and model that its suggestions come from.",
    )
    effect: str | None = Field(default=None, max_length=10)
    channel: str | None = Field(default=None, max_length=40)
    nps: int | None = None
    emptied_at: datetime | None = moment(
        default=None, description="The words went: taken back by the customer, or kept long enough."
    )
    erased_at: datetime | None = moment(default=None)


class Receipt(SQLModel, table=True):
    """Proof of arrival, written with the note itself. `seq` is the server's own order."""

    seq: int | None = Field(default=None, primary_key=True)
    note_id: str = Field(index=True, max_length=36)
    revision: int
    sha256: str = Field(max_length=64)
    received_at: datetime = moment(default_factory=now)

    __table_args__ = (
        UniqueConstraint("note_id", "revision"),
        {"sqlite_autoincrement": True},
    )


class Tombstone(SQLModel, table=True):
    """This id was erased or thrown away on purpose and never comes back."""

    note_id: str = Field(primary_key=True, max_length=36)
    at: datetime = moment(default_factory=now)
    by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    reason: str = ""


class NoteEdit(Record, table=True):
    """A version of a note beside its newest: one that came before, or one of two made at the same time.

    `draft` is a NoteDraft without the contact. `settled_at` is empty while somebody has yet to choose, per field.
    """

    __tablename__ = "note_edit"
    __table_args__ = (UniqueConstraint("note_id", "sha256"),)

    note_id: str = Field(foreign_key="field_note.id", index=True, max_length=36)
    base: int = Field(description="The revision that it was made from; 0 when it was sent as new.")
    revision: int
    sha256: str = Field(max_length=64)
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_COLUMN)
    author_id: str = Field(foreign_key="users.id", max_length=36)
    settled_at: datetime | None = moment(default=None)
    settled_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class Contact(SQLModel, table=True):
    """Who asked to be called back; apart from the note, sealed, and gone 30 days after the call."""

    note_id: str = Field(foreign_key="field_note.id", primary_key=True, max_length=36)
    name: bytes | None = Field(default=None, sa_type=LargeBinary)
    reach: bytes = Field(sa_type=LargeBinary, description="Phone number or e-mail address.")
    called_at: datetime | None = moment(default=None)
    called_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class PendingReading(SQLModel, table=True):
    """A note that has yet to be read by its meaning, written with the note itself. `tries` were begun."""

    __tablename__ = "pending_reading"

    note_id: str = Field(foreign_key="field_note.id", primary_key=True, max_length=36)
    revision: int
    since: datetime = moment(default_factory=now)
    tries: int = 0


class Tagging(Record, table=True):
    """Links note and tag with the words it rests on: `spans` are [{"field", "start", "end", "sentiment"}].

    `sentiment` is what counts: what a person said where `felt_by_id` says who, else what was read. What had been read
    is then in `read_sentiment`, and as "read" in each span.
    """

    __table_args__ = (
        UniqueConstraint("note_id", "tag_id"),
        Index("ix_tagging_tag_state", "tag_id", "state"),
    )

    note_id: str = Field(foreign_key="field_note.id", max_length=36)
    tag_id: str = Field(foreign_key="tag.id", max_length=36)
    state: TaggingState = Field(default=TaggingState.SUGGESTED, sa_type=one_of(TaggingState))
    origin: str = Field(max_length=10, description="lexicon, learned, meaning or person")
    score: float = 1.0
    sentiment: str = Field(default="neutral", max_length=10)
    read_sentiment: str | None = Field(default=None, max_length=10)
    felt_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    felt_at: datetime | None = moment(default=None)
    why: str = ""
    spans: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON_COLUMN)
    decided_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    decided_at: datetime | None = moment(default=None)
