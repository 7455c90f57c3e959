"""Which lines of the log: one filter for the page, the JSON list and the export."""

from collections.abc import Iterator
from datetime import date

from pydantic import ConfigDict, Field
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import begin_of, end_of
from app.models.audit.table import AuditEntry
from app.models.filtering import Filter
from app.models.location.table import Location


class LogFilter(Filter):
    """Empty means all. `location` is a place and all below it; `kind` is what it was done to."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    person: str | None = Field(default=None, max_length=36, description="A user's id.")
    kind: str | None = Field(default=None, max_length=40)
    verb: str | None = Field(default=None, max_length=60)
    location: str | None = Field(default=None, max_length=36)
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @property
    def chosen(self) -> dict[str, str]:
        """What is set, as the address of the page carries it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def narrow(self, lines: SelectOfScalar[AuditEntry]) -> SelectOfScalar[AuditEntry]:
        return lines.where(*self._clauses())

    def _clauses(self) -> Iterator[ColumnElement[bool]]:
        if self.person:
            yield col(AuditEntry.actor_id) == self.person
        if self.kind:
            yield col(AuditEntry.subject_kind) == self.kind
        if self.verb:
            yield col(AuditEntry.verb) == self.verb
        if self.location:
            top = select(Location.path).where(Location.id == self.location).scalar_subquery()
            below = select(Location.id).where(col(Location.path).startswith(top))
            yield col(AuditEntry.location_id).in_(below)
        if self.from_:
            yield col(AuditEntry.at) >= begin_of(self.from_)
        if self.to:
            yield col(AuditEntry.at) < end_of(self.to)
