from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.record import Record, moment, one_of


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    NOT_NEEDED = "not_needed"


class Promise(Record, table=True):
    """What one customer was told would happen. Under the note's own id it is the call that they asked for: `text` is
    empty then. `reason`: why it was not kept, or a word about how it went. `version` grows with every change.
    """

    note_id: str = Field(foreign_key="field_note.id", index=True, max_length=36)
    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    action_id: str | None = Field(
        default=None, foreign_key="improvement_action.id", index=True, max_length=36
    )
    text: str = ""
    owner_id: str | None = Field(default=None, foreign_key="users.id", index=True, max_length=36)
    due_on: date
    state: PromiseState = Field(default=PromiseState.OPEN, sa_type=one_of(PromiseState))
    reason: str = ""
    tries: int = Field(default=0, description="How often the customer was not reached.")
    changed_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    settled_at: datetime | None = moment(default=None)
    created_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    version: int = 0


class CustomerLink(Record, table=True):
    """A private page for the customer of one note, who agreed to it. Only the sha256 of its token is kept."""

    __tablename__ = "customer_link"

    note_id: str = Field(foreign_key="field_note.id", index=True, max_length=36)
    token_hash: str = Field(unique=True, max_length=64)
    expires_at: datetime = moment()
    revoked_at: datetime | None = moment(default=None)
    created_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class CustomerAnswer(Record, table=True):
    """What the customer said back through the link: about one action, or without one about all of it."""

    __tablename__ = "customer_answer"
    __table_args__ = (UniqueConstraint("note_id", "action_id"),)

    note_id: str = Field(foreign_key="field_note.id", index=True, max_length=36)
    action_id: str | None = Field(
        default=None, foreign_key="improvement_action.id", index=True, max_length=36
    )
    helped: bool | None = None
    word: str = ""
    changed_at: datetime = moment()


class Telling(SQLModel, table=True):
    """This customer was told about this action."""

    action_id: str = Field(foreign_key="improvement_action.id", primary_key=True, max_length=36)
    note_id: str = Field(foreign_key="field_note.id", primary_key=True, index=True, max_length=36)
    told_at: datetime = moment()
    told_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class Reply(SQLModel, table=True):
    """What we tell customers about one action: what was done, or why it cannot be.

    With `published_at` it stands on the page of its place, beside the words of `evidence_id` where that customer
    agreed to be quoted; those words leave by themselves when the evidence goes.
    """

    action_id: str = Field(foreign_key="improvement_action.id", primary_key=True, max_length=36)
    text: str = ""
    evidence_id: str | None = Field(
        default=None,
        sa_column=Column(
            String(36), ForeignKey("evidence.id", ondelete="SET NULL"), index=True, nullable=True
        ),
    )
    published_at: datetime | None = moment(default=None)
    changed_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    version: int = 0


class PublicPlace(SQLModel, table=True):
    """The address of a place's own page: "U zei, wij deden"."""

    __tablename__ = "public_place"

    location_id: str = Field(foreign_key="location.id", primary_key=True, max_length=36)
    slug: str = Field(unique=True, max_length=60)
