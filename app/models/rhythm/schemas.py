from typing import Annotated

from pydantic import BaseModel, Field

from app.models.rhythm.table import Part


class RhythmDraft(BaseModel):
    """Somebody's rhythm at a place. Without a weekday or a part of the day any will do."""

    user_id: str = Field(max_length=36)
    every_weeks: Annotated[int, Field(ge=1, le=26)] = 4
    weekday: Annotated[int, Field(ge=0, le=4)] | None = None
    part: Part | None = None
