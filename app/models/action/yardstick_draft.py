"""What comes in about a yardstick, from a form."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from app.models.helping.table import Hope


def _filled_only(values: object) -> object:
    return [value for value in values if value] if isinstance(values, list) else values


class YardstickDraft(BaseModel):
    """`moves`: "tag:ID" or "question:ID". `hope` is for a theme, `choices` (the answers hoped for) for a question."""

    moves: str = Field(max_length=50, pattern=r"^(tag|question):[0-9a-f-]{36}$")
    hope: Hope | None = None
    choices: Annotated[
        list[Annotated[str, Field(max_length=60)]], Field(max_length=40), BeforeValidator(_filled_only)
    ] = []
    location_id: str = Field(max_length=36)
    counts_from: date

    @property
    def tag_id(self) -> str | None:
        return self._id_of("tag")

    @property
    def question_id(self) -> str | None:
        return self._id_of("question")

    def _id_of(self, kind: str) -> str | None:
        about, _, known = self.moves.partition(":")
        return known if about == kind else None
