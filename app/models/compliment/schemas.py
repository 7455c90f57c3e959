from typing import Literal

from pydantic import BaseModel, Field

from app.models.field_note.picking import Pick


class ComplimentDraft(BaseModel):
    """`quote` is a place in the note's text, "field:start-end". `agreed`: the customer finds it all right."""

    to_id: str = Field(max_length=36)
    quote: Pick
    agreed: Literal["true"]
