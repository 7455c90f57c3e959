"""How somebody looks at the board: which filter, and which step is in front. Travels along as a query string,
so that a move ends where it began, with script and without."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import ValidationError
from sqlmodel import Session

from app.clock import now, today
from app.models.access import Actor
from app.models.action.filter import ActionFilter
from app.models.action.table import Step
from app.models.board import columns, keeping, signalled
from app.models.board.columns import QUIET, Column
from app.models.board.table import Board

KEPT = ("location", "team", "kind", "signal", "q")


@dataclass(frozen=True, slots=True)
class BoardView:
    """`pick`: several cards are being chosen."""

    only: ActionFilter
    step: Step | None = None
    pick: bool = False

    @classmethod
    def of(cls, asked: ActionFilter, *, pick: bool = False) -> "BoardView":
        """On the board a step is what you look at, not what is left out."""
        return cls(asked.model_copy(update={"step": None}), asked.step, pick)

    @classmethod
    def again(cls, query: str) -> "BoardView":
        """From what travelled along; the whole board when that cannot be read."""
        known = dict(parse_qsl(query))
        try:
            return cls.of(ActionFilter.model_validate(known), pick="pick" in known)
        except ValidationError:
            return cls(ActionFilter())

    @classmethod
    def kept(cls, board: Board) -> "BoardView":
        """As a board that somebody keeps shows it."""
        kept = {"location": board.location_id, "team": board.team_id, "kind": board.kind}
        return cls(ActionFilter.model_validate(kept | {"signal": board.signal, "q": board.words or None}))

    def query(self, **changed: Any) -> str:
        """As a query string, with something else if asked: query(step="done")."""
        now = {name: getattr(self.only, name) for name in KEPT}
        now |= {"step": self.step, "pick": int(self.pick)} | changed
        return urlencode({name: str(value) for name, value in now.items() if value})

    def url(self, **changed: Any) -> str:
        query = self.query(**changed)
        return f"/actions?{query}" if query else "/actions"

    def shows(self, board: Board) -> bool:
        """Is that board what one looks at?"""
        return self.kept(board).query() == self.query(step=None, pick=0)

    @property
    def narrowed(self) -> bool:
        return any(getattr(self.only, name) for name in KEPT)

    @property
    def opened(self) -> tuple[Step | None, ...]:
        return (self.step,)

    def front(self, counts: dict[Step, int]) -> Step:
        """The one step that a phone shows."""
        return self.step or (Step.DOING if counts.get(Step.DOING) else Step.NEW)

    def shown(self, db: Session, actor: Actor, found: list[Column] | None = None) -> dict[str, Any]:
        """What the board's templates need besides the columns themselves."""
        counts = columns.count(db, actor, self.only) if found is None else {c.step: c.count for c in found}
        return {
            "view": self,
            "counts": counts,
            "signals": signalled.signals(db, actor, self.only),
            "front": self.front(counts),
            "quiet": QUIET,
            "today": today(),
        }

    def around(self, db: Session, actor: Actor) -> dict[str, Any]:
        """What stands around a whole board: the boards that are kept, and since when it is listened to."""
        return {"boards": keeping.boards(db, actor), "since": now().isoformat()}
