from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from app.models.record import JSON_COLUMN, Record, moment, one_of


class Hope(StrEnum):
    """What should move, and which way. The first three are about a theme, the others about a question."""

    LESS_NEGATIVE = "less_negative"
    LESS_NAMED = "less_named"
    MORE_POSITIVE = "more_positive"
    MORE_CHOSEN = "more_chosen"
    HIGHER = "higher"


MORE = frozenset({Hope.MORE_POSITIVE, Hope.MORE_CHOSEN, Hope.HIGHER})
OF_THEME = (Hope.LESS_NEGATIVE, Hope.LESS_NAMED, Hope.MORE_POSITIVE)


class Yardstick(Record, table=True):
    """What should be heard differently at a place once an action is done: one theme, or one question of a guide.

    Talks of the twelve weeks up to `before_until` are before; those held from `counts_from` on are after.
    """

    action_id: str = Field(foreign_key="improvement_action.id", unique=True, max_length=36)
    location_id: str = Field(foreign_key="location.id", index=True, max_length=36)
    hope: Hope = Field(sa_type=one_of(Hope))
    tag_id: str | None = Field(default=None, foreign_key="tag.id", max_length=36)
    question_id: str | None = Field(default=None, foreign_key="question.id", max_length=36)
    choices: list[str] = Field(
        default_factory=list,
        sa_type=JSON_COLUMN,
        description="The answers that were hoped for: keys, or true/false as text.",
    )
    before_until: datetime = moment()
    counts_from: datetime = moment()
    set_by_id: str | None = Field(default=None, foreign_key="users.id", max_length=36)
