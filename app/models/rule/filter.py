"""Which rules: one filter for the register, the JSON list and the export."""

from collections.abc import Iterator
from datetime import date

from pydantic import ConfigDict, Field
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import begin_of, end_of
from app.models.filtering import Filter
from app.models.location.table import Location
from app.models.rule.table import Decision, Rule, RuleKind


class RuleFilter(Filter):
    """Empty means all. `location` is a place and all below it; `from`/`to` are days on which it was put here."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    location: str | None = Field(default=None, max_length=36)
    kind: RuleKind | None = None
    decision: Decision | None = None
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @property
    def chosen(self) -> dict[str, str]:
        """What is set, as the address of the page carries it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def narrow(self, rules: SelectOfScalar[Rule]) -> SelectOfScalar[Rule]:
        return rules.where(*self._clauses())

    def _clauses(self) -> Iterator[ColumnElement[bool]]:
        if self.location:
            top = select(Location.path).where(Location.id == self.location).scalar_subquery()
            below = select(Location.id).where(col(Location.path).startswith(top))
            yield col(Rule.location_id).in_(below)
        if self.kind:
            yield col(Rule.kind) == self.kind
        if self.decision:
            yield col(Rule.decision) == self.decision
        if self.from_:
            yield col(Rule.created_at) >= begin_of(self.from_)
        if self.to:
            yield col(Rule.created_at) < end_of(self.to)
