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
from app.models.action.extra_table import Counted, Unit
from app.models.action.table import ActionKind, Room, Step
from app.models.field_note.picking import Id, Pick
from app.models.rule.schemas import Euros


def _drop_blanks(values: object) -> object:
    return [value for value in values if value not in ("", None)] if isinstance(values, list) else values


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Ids = Annotated[
    list[Annotated[str, Field(max_length=36)]], Field(max_length=20), BeforeValidator(_drop_blanks)
]
Picks = Annotated[list[Pick], Field(max_length=40), BeforeValidator(_drop_blanks)]
"""Places in a note's text, each as "field:start-end" in characters."""


class ActionFields(BaseModel):
    """What a person can say about an action. `room_from`: whom it waits for, when the team may not decide itself;
    `room_from_id` when that is one of the managers. `euros`: what it costs."""

    model_config = ConfigDict(str_strip_whitespace=True)

    title: Annotated[Text, Field(min_length=3, max_length=160)]
    description: Annotated[Text, Field(max_length=4000)] = ""
    kind: ActionKind
    owner_id: str | None = Field(default=None, max_length=36)
    team_ids: Ids = []
    goal_id: str | None = Field(default=None, max_length=36)
    due_on: date | None = None
    room: Room = Room.OWN
    euros: Euros | None = None
    room_from_id: str | None = Field(default=None, max_length=36)
    room_from: Annotated[str, Field(max_length=120, validate_default=True)] = ""

    @property
    def amount_cents(self) -> int | None:
        return None if self.euros is None else int(self.euros * 100)

    @field_validator("room_from")
    @classmethod
    def waits_for_somebody(cls, value: str, known: ValidationInfo) -> str:
        if known.data.get("room") == Room.WAITING and not (value or known.data.get("room_from_id")):
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
    """Who is to read it stands in the text as @name, or in `mention_ids`."""

    id: Id = Field(default_factory=new_id)
    text: Annotated[Text, Field(min_length=1, max_length=4000)]
    mention_ids: Ids = []


class StepDraft(BaseModel):
    id: Id = Field(default_factory=new_id)
    what: Annotated[Text, Field(min_length=1, max_length=200)]


class StepState(BaseModel):
    done: bool


class StepMove(BaseModel):
    """`place` in the row, from one."""

    place: int = Field(ge=1, le=100)


class MergerDraft(BaseModel):
    into_id: str = Field(max_length=36)


class Costing(BaseModel):
    """`euros`: what it costs, as people type it."""

    euros: Euros | None = None

    @property
    def cents(self) -> int | None:
        return None if self.euros is None else int(self.euros * 100)


RoomWords = Annotated[Text, Field(max_length=600)]


class SpotDraft(Costing):
    """`words`: what room was used; without them it is what the manager wrote down."""

    id: Id = Field(default_factory=new_id)
    words: RoomWords = ""


class QuestionDraft(Costing):
    """`of_id`: the one person who is asked."""

    id: Id = Field(default_factory=new_id)
    of_id: str = Field(max_length=36)
    words: Annotated[RoomWords, Field(min_length=3)]


class AnswerDraft(BaseModel):
    """`use_id`: the question that was on the screen."""

    use_id: str | None = Field(default=None, max_length=36)
    allowed: bool
    words: RoomWords = ""


class RoomDraft(BaseModel):
    """Per kind what a team may decide itself, and up to what amount."""

    clear: RoomWords = ""
    room: RoomWords = ""
    improve: RoomWords = ""
    keep: RoomWords = ""
    clear_euros: Euros | None = None
    room_euros: Euros | None = None
    improve_euros: Euros | None = None
    keep_euros: Euros | None = None

    def of(self, kind: ActionKind) -> tuple[str, int | None]:
        """Its words, and euro cents."""
        euros = getattr(self, f"{kind.value}_euros")
        return getattr(self, kind.value), None if euros is None else int(euros * 100)


class RepetitionDraft(BaseModel):
    every: int = Field(ge=1, le=52)
    unit: Unit
    counted: Counted


class SplitDraft(BaseModel):
    """`kind`: as it was, unless said. `evidence_ids`: the words that go along."""

    id: Id = Field(default_factory=new_id)
    title: Annotated[Text, Field(min_length=3, max_length=160)]
    kind: ActionKind | None = None
    evidence_ids: Annotated[
        list[Annotated[str, Field(max_length=36)]], Field(max_length=500), BeforeValidator(_drop_blanks)
    ] = []
