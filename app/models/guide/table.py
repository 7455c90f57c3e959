from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.record import JSON_COLUMN, Record, Words, moment, one_of


class QuestionKind(StrEnum):
    OPEN = "open"
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    YES_NO = "yes_no"
    NUMBER = "number"


class Guide(Record, table=True):
    """An outline of questions; without a location it is head office's."""

    slug: str = Field(unique=True, max_length=60)
    name: Words = Field(sa_type=JSON_COLUMN)
    location_id: str | None = Field(default=None, foreign_key="location.id", max_length=36)


class GuideVersion(Record, table=True):
    """Frozen once published: what a safari asked can always be read back."""

    __tablename__ = "guide_version"
    __table_args__ = (UniqueConstraint("guide_id", "number"),)

    guide_id: str = Field(foreign_key="guide.id", max_length=36)
    number: int
    minutes: int
    consent_version: str = Field(max_length=40)
    intro: Words = Field(sa_type=JSON_COLUMN)
    quick_words: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON_COLUMN)
    published_at: datetime | None = moment(default=None)


class Question(Record, table=True):
    """`key` names the answer in notes and exports; `choices` are [{"key", "nl", "en"}]."""

    __table_args__ = (UniqueConstraint("version_id", "key"),)

    version_id: str = Field(foreign_key="guide_version.id", index=True, max_length=36)
    position: int
    key: str = Field(max_length=60)
    kind: QuestionKind = Field(sa_type=one_of(QuestionKind))
    role: str = Field(default="", max_length=40)
    text: Words = Field(sa_type=JSON_COLUMN)
    hint: Words = Field(default_factory=dict, sa_type=JSON_COLUMN)
    probe: Words = Field(default_factory=dict, sa_type=JSON_COLUMN)
    choices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON_COLUMN)


class LocalQuestion(Record, table=True):
    """A question that safaris at a place ask up to and with `until`; `asked_for` is the id of who wants to know."""

    __tablename__ = "local_question"

    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    question_id: str = Field(foreign_key="question.id", max_length=36)
    asked_for: str = Field(unique=True, max_length=36)
    until: date
