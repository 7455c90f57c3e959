from enum import StrEnum

from sqlmodel import Field

from app.models.record import JSON_COLUMN, Record, Words, one_of


class TagKind(StrEnum):
    THEME = "theme"
    VALUE = "value"


class Tag(Record, table=True):
    """A theme, or a brand or core value. `slug` never changes: exports and the lexicon go by it."""

    slug: str = Field(unique=True, max_length=60)
    kind: TagKind = Field(default=TagKind.THEME, sa_type=one_of(TagKind))
    name: Words = Field(sa_type=JSON_COLUMN)
    about: Words = Field(default_factory=dict, sa_type=JSON_COLUMN)
    words: list[str] = Field(
        default_factory=list,
        sa_type=JSON_COLUMN,
        description="The organisation's own words and patterns, as typed.",
    )
    position: int = 0
    active: bool = True
    merged_into_id: str | None = Field(default=None, max_length=36)
