"""Which notes: one filter for the page, the JSON list and the export."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field
from sqlalchemy import ColumnElement, String, and_, column, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import begin_of, end_of
from app.models.field_note.table import FieldNote, NoteKind, Tagging, TaggingState
from app.models.filtering import Filter
from app.models.location.table import Location
from app.models.tag.table import Tag


class FieldNoteFilter(Filter):
    """Empty means all. `location` is a place and all below it, `tag` a slug; `tagging` "suggested" are notes with
    labels to check. `q` is found in what was said, whatever its case; `from` and `to` are days, both included.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    safari: str | None = Field(default=None, max_length=36)
    location: str | None = Field(default=None, max_length=36)
    tag: str | None = Field(default=None, max_length=60)
    tagging: TaggingState | None = None
    kind: NoteKind | None = None
    sentiment: Literal["positive", "neutral", "negative"] | None = None
    q: str | None = Field(default=None, max_length=200)
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @property
    def chosen(self) -> dict[str, str]:
        """What is set, as the address of the page carries it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def narrow(self, notes: SelectOfScalar[FieldNote]) -> SelectOfScalar[FieldNote]:
        return notes.where(*self._clauses())

    def _clauses(self) -> Iterator[ColumnElement[bool]]:
        note = FieldNote
        exact = {note.safari_id: self.safari, note.kind: self.kind, note.sentiment: self.sentiment}
        yield from (col(name) == value for name, value in exact.items() if value)
        if self.location:
            top = select(Location.path).where(Location.id == self.location).scalar_subquery()
            yield col(note.location_id).in_(select(Location.id).where(col(Location.path).startswith(top)))
        if self.tag or self.tagging:
            yield col(note.id).in_(self._tagged())
        if self.q:
            yield _says(self.q)
        if self.from_:
            yield col(note.held_at) >= begin_of(self.from_)
        if self.to:
            yield col(note.held_at) < end_of(self.to)

    def _tagged(self) -> SelectOfScalar[str]:
        state = col(Tagging.state)
        tagged = select(Tagging.note_id).where(
            state == self.tagging if self.tagging else state != TaggingState.REJECTED
        )
        if self.tag:
            tagged = tagged.join(Tag, col(Tag.id) == col(Tagging.tag_id)).where(Tag.slug == self.tag)
        return tagged


def _says(words: str) -> ColumnElement[bool]:
    """In the headline or any text of the answers; `json_each` and `->>` mean the same in both databases."""
    answer = func.json_each(col(FieldNote.answers)).table_valued(
        column("key", String), column("value", String), name="answer"
    )
    said = or_(answer.c.value.op("->>")("literal").is_not(None), answer.c.key == "text")
    text = answer.c.value.op("->>", return_type=String())("value")
    inside = select(1).where(and_(said, text.icontains(words, autoescape=True)))
    return or_(col(FieldNote.headline).icontains(words, autoescape=True), inside.exists())
