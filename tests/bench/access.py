"""(k) What access costs: a list page of 10,000 notes with the filter of who asks, against the same without."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.database import database
from app.models.access import Actor
from app.models.field_note import listing, queries
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.table import FieldNote
from app.models.safari.table import Safari
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.bench.figures import median, percentile, spread
from tests.bench.server import prepare
from tests.cast import Cast
from tests.makers_bulk import many_notes
from tests.makers_note import running_safari

NOTES = 10_000
RUNS, PAGES = 5, 20


def _everything(actor: Actor) -> SelectOfScalar[FieldNote]:
    return select(FieldNote).where(col(FieldNote.erased_at).is_(None))


def _took(work: Callable[[], object]) -> float:
    """The middle of so many pages, in milliseconds."""
    took = []
    for _ in range(PAGES):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return percentile(took, 0.5)


def _fill(db: Session) -> None:
    places: list[tuple[str, str]] = [(Cast.town_hall, Cast.bas), (Cast.branch, Cast.dirk)]
    for place, leader in places:
        safari: Safari = running_safari(db, place, leader)
        many_notes(db, safari, NOTES // 2)


def measure(folder: Path) -> dict[str, Any]:
    """Half of the notes are Bas's to see; without the filter all are. In turns, so that both meet the same noise."""
    prepare(folder, _fill)
    with database().reading() as db:
        bas, only = actor_for(db, db.get_one(User, Cast.bas)), FieldNoteFilter()

        def page() -> None:
            listing.rows(db, bas, only)

        def total() -> None:
            listing.count(db, bas, only)

        found: dict[str, Any] = {"notes": NOTES}
        for name, work in {"page": page, "count": total}.items():
            work()
            asked, bare = [], []
            for _ in range(RUNS):
                asked.append(_took(work))
                with patch.object(queries, "visible_to", _everything):
                    bare.append(_took(work))
            ratios = [one / other for one, other in zip(asked, bare, strict=True)]
            found[name] = {
                "with_ms": median(asked),
                "without_ms": median(bare),
                "ratio": median(ratios),
                "spread": spread(ratios),
            }
    database().engine.dispose()
    return found
