"""Which actions: one filter for the board, the JSON list and the export."""

from datetime import date

from pydantic import ConfigDict, Field
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import begin_of, end_of
from app.models.action.signals import Signal, given_by
from app.models.action.standing import STANDING
from app.models.action.table import ActionKind, ActionTeam, Evidence, ImprovementAction, Step
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.filtering import Filter
from app.models.location.table import Location


class ActionFilter(Filter):
    """Empty means all. `location` is a place and all below it; `from`/`to` are days on which it was raised; `q` is
    found in the title, or in the words of customers for who may read them."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    location: str | None = Field(default=None, max_length=36)
    team: str | None = Field(default=None, max_length=36)
    kind: ActionKind | None = None
    step: Step | None = None
    owner: str | None = Field(default=None, max_length=36)
    safari: str | None = Field(default=None, max_length=36)
    tag: str | None = Field(default=None, max_length=36)
    signal: Signal | None = None
    q: str | None = Field(default=None, max_length=200)
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    def narrow(self, actions: SelectOfScalar[ImprovementAction]) -> SelectOfScalar[ImprovementAction]:
        action = ImprovementAction
        if self.location:
            top = select(Location.path).where(Location.id == self.location).scalar_subquery()
            below = select(Location.id).where(col(Location.path).startswith(top))
            actions = actions.where(col(action.location_id).in_(below))
        if self.team:
            theirs = select(ActionTeam.action_id).where(ActionTeam.team_id == self.team)
            actions = actions.where(col(action.id).in_(theirs))
        if self.safari or self.tag:
            actions = actions.where(col(action.id).in_(self._resting_on_notes()))
        if self.signal:
            actions = actions.where(given_by(self.signal))
        if self.from_:
            actions = actions.where(col(action.created_at) >= begin_of(self.from_))
        if self.to:
            actions = actions.where(col(action.created_at) < end_of(self.to))
        exact = {action.kind: self.kind, action.step: self.step, action.owner_id: self.owner}
        return actions.where(*(col(column) == value for column, value in exact.items() if value))

    def _resting_on_notes(self) -> SelectOfScalar[str]:
        resting = select(Evidence.action_id).join(FieldNote, STANDING)
        if self.safari:
            resting = resting.where(FieldNote.safari_id == self.safari)
        if self.tag:
            tagged = select(Tagging.note_id).where(
                Tagging.tag_id == self.tag, col(Tagging.state) != TaggingState.REJECTED
            )
            resting = resting.where(col(FieldNote.id).in_(tagged))
        return resting
