"""What comes in about proposals and advice: from a form and from JSON alike."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.clock import new_id
from app.models.action.schemas import ActionFields, Text, _drop_blanks
from app.models.field_note.picking import Id

SENTENCE = re.compile(r"[0-9a-f-]{36}/[\w-]{1,60}:\d{1,6}-\d{1,6}")


def _known_shape(pick: str) -> str:
    if not SENTENCE.fullmatch(pick):
        raise ValueError("action.quote_unknown")
    return pick


Sentence = Annotated[str, AfterValidator(_known_shape)]
Sentences = Annotated[list[Sentence], Field(max_length=200), BeforeValidator(_drop_blanks)]
"""Sentences of several notes, each as "note/field:start-end"."""
Reason = Annotated[Text, Field(min_length=3, max_length=500)]


class AcceptanceDraft(ActionFields):
    """`id` is made where the action is made, so that sending twice makes one."""

    id: Id = Field(default_factory=new_id)
    quotes: Sentences = []


class MergerDraft(BaseModel):
    """Into which action; without quotes all of them."""

    action_id: str = Field(max_length=36)
    quotes: Sentences = []


class ExclusionDraft(BaseModel):
    action_id: str = Field(max_length=36)


class RejectionDraft(BaseModel):
    reason: Reason


class ProposalRules(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    customers: int = Field(default=3, ge=2, le=50)
    days: int = Field(default=60, ge=7, le=366)
