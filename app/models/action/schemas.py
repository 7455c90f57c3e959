"""What comes in about actions: from a form and from JSON alike."""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)
from pydantic_core.core_schema import ValidationInfo

from app.clock import new_id
from app.models.action.table import ActionKind, Room, Step
from app.models.field_note.picking import Id, Pick


def _drop_blanks(values: object) -> object:
    return [value for value in values if value not in ("", None)] if isinstance(values, list) else values


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Ids = Annotated[
    list[Annotated[str, Field(max_length=36)]], Field(max_length=20), BeforeValidator(_drop_blanks)
]
Picks = Annotated[list[Pick], Field(max_length=40), BeforeValidator(_drop_blanks)]
"""Places in a note's text, each as "field:start-end" in characters."""


class ActionFields(BaseModel):
    """What a person can say about an action. `room_from`: whom it waits for, when the team may not decide itself."""

    model_config = ConfigDict(str_strip_whitespace=True)

    title: Annotated[Text, Field(min_length=3, max_length=160)]
    description: Annotated[Text, Field(max_length=4000)] = ""
    kind: ActionKind
    owner_id: str | None = Field(default=None, max_length=36)
    team_ids: Ids = []
    due_on: date | None = None
    room: Room = Room.OWN
    room_from: Annotated[str, Field(max_length=120, validate_default=True)] = ""

    @field_validator("room_from")
    @classmethod
    def waits_for_somebody(cls, value: str, known: ValidationInfo) -> str:
        if known.data.get("room") == Room.WAITING and not value:
            raise ValueError("action.room_from_missing")
        return value


class ActionDraft(ActionFields):
    """`id` is made where the action is made, so that sending twice makes one."""

    id: Id = Field(default_factory=new_id)
    quotes: Picks = []


class ActionChanges(ActionFields):
    """All fields as they should become; `version` is the one that was on the screen."""

    version: int


class EvidenceDraft(BaseModel):
    action_id: str = Field(max_length=36)
    quotes: Picks = []


class Placement(BaseModel):
    """Where a card goes: before or after another card of the step, else on top of it. `shift`: past the next card
    that the person sees above or below it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    step: Step
    version: int
    before: str | None = Field(default=None, max_length=36)
    after: str | None = Field(default=None, max_length=36)
    shift: Literal["up", "down"] | None = None
    reason: Annotated[str, Field(max_length=500)] = ""


class CommentDraft(BaseModel):
    id: Id = Field(default_factory=new_id)
    text: Annotated[Text, Field(min_length=1, max_length=4000)]
