"""Which promises: one filter for the JSON list and the export."""

from collections.abc import Iterator
from datetime import date

from pydantic import ConfigDict, Field
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import begin_of, end_of
from app.models.filtering import Filter
from app.models.location.table import Location
from app.models.promise.table import Promise, PromiseState


class PromiseFilter(Filter):
    """Empty means all. `location` is a place and all below it; `from`/`to` are days on which it was made."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    location: str | None = Field(default=None, max_length=36)
    state: PromiseState | None = None
    owner: str | None = Field(default=None, max_length=36)
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    def narrow(self, promises: SelectOfScalar[Promise]) -> SelectOfScalar[Promise]:
        return promises.where(*self._clauses())

    def _clauses(self) -> Iterator[ColumnElement[bool]]:
        if self.location:
            top = select(Location.path).where(Location.id == self.location).scalar_subquery()
            below = select(Location.id).where(col(Location.path).startswith(top))
            yield col(Promise.location_id).in_(below)
        if self.state:
            yield col(Promise.state) == self.state
        if self.owner:
            yield col(Promise.owner_id) == self.owner
        if self.from_:
            yield col(Promise.created_at) >= begin_of(self.from_)
        if self.to:
            yield col(Promise.created_at) < end_of(self.to)
