"""What people decided about proposals and advice. Nothing here repeats a customer's words: a sentence is known by its
note, its field and where it begins."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.clock import now
from app.models.record import Record, moment, one_of


class ProposalState(StrEnum):
    ACCEPTED = "accepted"
    MERGED = "merged"
    NOT_NOW = "not_now"


class Proposal(Record, table=True):
    """One decision. An open proposal has no row: it is worked out from the notes at every look, so that it can never be
    older than they are, and erasing a note or rejecting a label needs no repair here.

    It is remembered by its sentences and not by a key of its theme and words: those shift with every note that comes
    in. Who decides on a group decides on its sentences. After *accepted* and *merged* they are out of the game; after
    *not_now* the group stays away until a customer joins it whose sentence nobody has seen yet. *not_now* with an
    action says that one sentence does not belong to it.
    """

    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    state: ProposalState = Field(sa_type=one_of(ProposalState))
    reason: str = Field(default="", max_length=500, description="Why not now.")
    action_id: str | None = Field(
        default=None, foreign_key="improvement_action.id", index=True, max_length=36
    )
    decided_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)


class ProposalSentence(SQLModel, table=True):
    """A sentence that was decided on. Its key lets one decision hold at a time, also when two people decide at once."""

    __tablename__ = "proposal_sentence"

    note_id: str = Field(foreign_key="field_note.id", primary_key=True, max_length=36)
    field: str = Field(primary_key=True, max_length=60)
    start: int = Field(primary_key=True)
    proposal_id: str = Field(foreign_key="proposal.id", index=True, max_length=36)


class ProposalSetting(SQLModel, table=True):
    """How many customers have to say the same, and within how many days; one row an organisation."""

    __tablename__ = "proposal_setting"

    location_id: str = Field(foreign_key="location.id", primary_key=True, max_length=36)
    customers: int
    days: int


class AdviceSetAside(SQLModel, table=True):
    """This note's advice will not become an action."""

    __tablename__ = "advice_set_aside"

    note_id: str = Field(foreign_key="field_note.id", primary_key=True, max_length=36)
    reason: str = Field(max_length=500)
    by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
    at: datetime = moment(default_factory=now)
