from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.models.tag.table import TagKind

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
About = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class ThemeChanges(BaseModel):
    """`words` is one pattern a line; `place` counts from 1 within its own list, 0 leaves it where it is."""

    name_nl: Name
    name_en: Name | None = None
    about_nl: About = ""
    about_en: About = ""
    words: str = Field(default="", max_length=8000)
    place: int = Field(default=0, ge=0, le=1000)


class ThemeDraft(ThemeChanges):
    kind: TagKind = TagKind.THEME


class Merge(BaseModel):
    into_id: str = Field(max_length=36)


class Sentence(BaseModel):
    text: str = Field(min_length=1, max_length=2000)
