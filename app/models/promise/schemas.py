"""What comes in about promises: from a form and from JSON alike."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, field_validator

from app.clock import new_id
from app.masking import masked
from app.models.consent.table import Channel
from app.models.field_note.picking import Id
from app.models.field_note.schemas import without_nul

MOST_WORDS = 500

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=1000),
    AfterValidator(without_nul),
    AfterValidator(masked),
]
Word = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=MOST_WORDS),
    AfterValidator(without_nul),
    AfterValidator(masked),
]


class PromiseDraft(BaseModel):
    """`id` is made where the promise is made, so that sending twice makes one."""

    id: Id = Field(default_factory=new_id)
    text: Annotated[Text, Field(min_length=3)]
    due_on: date
    owner_id: str | None = Field(default=None, max_length=36)
    action_id: str | None = Field(default=None, max_length=36)


class Outcome(StrEnum):
    """`not_reached` leaves it open, until `again_on`."""

    KEPT = "kept"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    BROKEN = "broken"


class OutcomeDraft(BaseModel):
    """`word` is why it was not kept, else what there is to say. `version` is the one that was on the screen."""

    outcome: Outcome
    word: Word = ""
    again_on: date | None = None
    version: int


class HandOver(BaseModel):
    owner_id: str = Field(max_length=36)
    version: int


class LinkDraft(BaseModel):
    """`agreed`: the customer said yes to a link of their own."""

    agreed: bool = Field(default=False, validate_default=True)
    channel: Channel = Channel.SPOKEN

    @field_validator("agreed")
    @classmethod
    def said_yes(cls, value: bool) -> bool:
        if not value:
            raise ValueError("link.agreement_missing")
        return value


class AnswerDraft(BaseModel):
    """What the customer says back: about an action whether it helped, and a word that is not asked for."""

    helped: Literal["yes", "no"] | None = None
    word: Word = ""


class ReplyDraft(BaseModel):
    """`text` is what customers read. `publish`: also on the page of the place, beside `evidence_id` if that is set."""

    text: Text = ""
    evidence_id: str | None = Field(default=None, max_length=36)
    publish: bool = False
    version: int = 0


class TellingDraft(BaseModel):
    note_id: str = Field(max_length=36)


class PageDraft(BaseModel):
    location_id: str = Field(max_length=36)
