"""What comes in from a phone, a form, an integration or an import: one draft, checked here and against the guide."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from app.clock import within_reach
from app.models.consent.table import Channel, Purpose
from app.models.field_note.table import NoteKind

LAST_REVISION = 9999
MOST_TEXT = 20_000
MOST_FILES = 30
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}(-[1-9][0-9]?)?")
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
NoteId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"),
]


def without_nul(text: str) -> str:
    """PostgreSQL keeps no NUL, and nobody ever said one."""
    return text.replace("\0", "")


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=MOST_TEXT), AfterValidator(without_nul)
]
Short = Annotated[str, AfterValidator(without_nul)]
Effect = Literal["helps", "hinders", "neutral"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Answer(Strict):
    """`literal`: the customer's own words, exactly as said; only for text."""

    value: bool | int | Text | Annotated[list[str], Field(max_length=50)]
    literal: bool | None = None


class Announced(Strict):
    """A file that belongs to the note and travels by itself. `size` in bytes."""

    sha256: Sha256
    kind: Literal["photo", "voice"]
    size: int = Field(ge=1)
    media_type: str = Field(max_length=100)


class ConsentGiven(Strict):
    """The customer said yes to this; `version` is of the text that was read to them."""

    purpose: Purpose
    version: Short = Field(max_length=40)
    channel: Channel = Channel.SPOKEN


class CallBack(Strict):
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    reach: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

    @field_validator("reach")
    @classmethod
    def reachable(cls, value: str) -> str:
        if "@" in value[1:-1] or sum(c.isdigit() for c in value) >= 8:
            return value
        raise ValueError("note.reach_missing")


class NoteDraft(Strict):
    """One interview or observation. `answers` go by the guide's question keys; an interview may add "quote-1" and
    on; an observation has "text" and "words" (keys of quick words). `held_at` is the device's time: data, no order.
    """

    schema_: Literal[1] = Field(default=1, alias="schema")
    safari_id: Short = Field(max_length=36)
    kind: NoteKind
    author_id: str | None = Field(default=None, max_length=36)
    revision: int = Field(default=1, ge=1, le=LAST_REVISION)
    held_at: Annotated[AwareDatetime, AfterValidator(within_reach)]
    consent: Short = Field(default="", max_length=40)
    declined: bool = False
    answers: Annotated[dict[str, Answer], Field(max_length=100)] = {}
    effect: Effect | None = None
    channel: Annotated[Short, StringConstraints(max_length=40)] | None = None
    call_back: CallBack | None = None
    attachments: Annotated[list[Announced], Field(max_length=MOST_FILES)] = []
    consents: Annotated[list[ConsentGiven], Field(max_length=len(Purpose))] | None = Field(
        default=None, description="Beside the talk itself. Without it: yes to whatever the note contains."
    )

    @field_validator("answers")
    @classmethod
    def known_shape(cls, answers: dict[str, Answer]) -> dict[str, Answer]:
        if not all(FIELD_NAME.fullmatch(name) for name in answers):
            raise ValueError("note.unknown_question")
        return {name: answer for name, answer in answers.items() if answer.value not in ("", [])}

    @model_validator(mode="after")
    def declined_means_nothing_kept(self) -> "NoteDraft":
        if self.declined and (self.answers or self.call_back or self.attachments):
            raise ValueError("note.declined_but_answered")
        return self


class AttachmentState(BaseModel):
    sha256: str
    state: Literal["have", "missing"]


class ReceiptOut(BaseModel):
    """Proof of arrival: id and sha256 must equal the sender's own before anything there may be let go."""

    id: str
    revision: int
    sha256: str
    server_seq: int
    received_at: datetime
    state: Literal["recorded", "quarantined", "beside"] = Field(
        default="recorded",
        description="`quarantined`: kept as sent until somebody repairs it. `beside`: kept as a second version.",
    )
    attachments: list[AttachmentState]


class Tone(StrEnum):
    """How a label was meant, as a person says it; AS_READ takes that back."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    AS_READ = "as_read"


class Feeling(BaseModel):
    sentiment: Tone


class Verdict(StrEnum):
    """OTHER rejects the suggestion and adds another tag instead; UNDO takes back what this person decided. The last
    four are a Tone, which says nothing about whether the tag fits."""

    ACCEPT = "accept"
    REJECT = "reject"
    OTHER = "other"
    UNDO = "undo"
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    AS_READ = "as_read"

    @property
    def tone(self) -> Tone | None:
        return Tone(self.value) if self.value in set(Tone) else None


class Decision(BaseModel):
    tagging_id: str = Field(max_length=36)
    verdict: Verdict
    tag_id: str | None = Field(
        default=None, max_length=36, description="With `other`: the tag that does fit."
    )
