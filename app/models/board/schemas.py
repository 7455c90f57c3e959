from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.clock import new_id
from app.models.field_note.picking import Id


class BoardDraft(BaseModel):
    """`back` is the board as it was looked at, as a query string; `shared_at_id` nobody but the owner when blank."""

    model_config = ConfigDict(str_strip_whitespace=True)

    id: Id = Field(default_factory=new_id)
    name: Annotated[str, Field(min_length=2, max_length=60)]
    shared_at_id: str | None = Field(default=None, max_length=36)
    back: str = Field(default="", max_length=600)
