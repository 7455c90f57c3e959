from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.models.field_note.picking import Id

FEWEST_WORDS = 4


class BreakGlassDraft(BaseModel):
    """`id` is made with the form, so that sending it twice opens once."""

    model_config = ConfigDict(str_strip_whitespace=True)

    id: Id
    location_id: str = Field(max_length=36)
    reason: Annotated[str, Field(max_length=500)]

    @field_validator("reason")
    @classmethod
    def says_something(cls, value: str) -> str:
        if len(value.split()) < FEWEST_WORDS:
            raise ValueError("break_glass.reason_short")
        return value
