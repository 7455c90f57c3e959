"""What comes in about goals: from a form and from JSON alike."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core.core_schema import ValidationInfo

from app.clock import new_id
from app.models.field_note.picking import Id
from app.models.goal.table import Level


def _filled_only(values: object) -> object:
    return [value for value in values if value] if isinstance(values, list) else values


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Ids = Annotated[
    list[Annotated[str, Field(max_length=36)]], Field(max_length=20), BeforeValidator(_filled_only)
]
Strategy = Literal["customer", "operations", "product"]


class GoalFields(BaseModel):
    """`parent_id` is the goal above it: none for years ahead. `tag_ids`: themes that tell whether it goes well."""

    model_config = ConfigDict(str_strip_whitespace=True)

    title: Annotated[Text, Field(min_length=3, max_length=160)]
    why: Annotated[Text, Field(max_length=4000)] = ""
    parent_id: str | None = Field(default=None, max_length=36)
    starts_on: date | None = None
    until: Annotated[date | None, Field(validate_default=True)] = None
    owner_id: str | None = Field(default=None, max_length=36)
    tag_ids: Ids = []

    @field_validator("until")
    @classmethod
    def after_the_start(cls, value: date | None, known: ValidationInfo) -> date | None:
        begins = known.data.get("starts_on")
        if value and begins and value < begins:
            raise ValueError("goal.ends_before_it_starts")
        return value


class GoalDraft(GoalFields):
    """`id` is made where the goal is made, so that sending twice makes one."""

    id: Id = Field(default_factory=new_id)
    location_id: str = Field(max_length=36)
    level: Level


class GoalChanges(GoalFields):
    """All fields as they should become; `version` is the one that was on the screen."""

    version: int


class GoalClosure(BaseModel):
    """What came of it, in a few words."""

    model_config = ConfigDict(str_strip_whitespace=True)

    outcome: Annotated[Text, Field(min_length=1, max_length=2000)]


class StrategyDraft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)

    location_id: str = Field(max_length=36)
    kind: Strategy
    text: Annotated[Text, Field(max_length=1000)] = ""
