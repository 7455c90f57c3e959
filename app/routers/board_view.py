"""How somebody looks at the board: which filter, and which step is in front. Travels along as a query string,
so that a move ends where it began, with script and without."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import ValidationError
from sqlmodel import Session

from app.clock import today
from app.models.access import Actor
from app.models.action.filter import ActionFilter
from app.models.action.table import Step
from app.models.board import columns
from app.models.board.columns import QUIET, Column

KEPT = ("location", "team", "kind")


@dataclass(frozen=True, slots=True)
class BoardView:
    only: ActionFilter
    step: Step | None = None

    @classmethod
    def of(cls, asked: ActionFilter) -> "BoardView":
        """On the board a step is what you look at, not what is left out."""
        return cls(asked.model_copy(update={"step": None}), asked.step)

    @classmethod
    def again(cls, query: str) -> "BoardView":
        """From what travelled along; the whole board when that cannot be read."""
        try:
            return cls.of(ActionFilter.model_validate(dict(parse_qsl(query))))
        except ValidationError:
            return cls(ActionFilter())

    def query(self, **changed: Any) -> str:
        """As a query string, with something else if asked: query(step="done")."""
        now = {name: getattr(self.only, name) for name in KEPT} | {"step": self.step} | changed
        return urlencode({name: str(value) for name, value in now.items() if value})

    def url(self, **changed: Any) -> str:
        query = self.query(**changed)
        return f"/actions?{query}" if query else "/actions"

    @property
    def opened(self) -> tuple[Step | None, ...]:
        return (self.step,)

    def front(self, counts: dict[Step, int]) -> Step:
        """The one step that a phone shows."""
        return self.step or (Step.DOING if counts.get(Step.DOING) else Step.NEW)

    def shown(self, db: Session, actor: Actor, found: list[Column] | None = None) -> dict[str, Any]:
        """What the board's templates need besides the columns themselves."""
        counts = columns.count(db, actor, self.only) if found is None else {c.step: c.count for c in found}
        front = self.front(counts)
        return {"view": self, "counts": counts, "front": front, "quiet": QUIET, "today": today()}
