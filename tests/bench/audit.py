"""(h) What the log costs: its line beside a note, its place in the chain afterwards, and following the whole chain."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlmodel import Session

from app.clock import new_id
from app.database import database
from app.models.access import Actor
from app.models.audit import chaining, checking
from app.models.audit.noting import note
from app.models.field_note import recording
from app.models.field_note.schemas import NoteDraft
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.bench.figures import median, spread
from tests.bench.ingest import interview
from tests.bench.server import prepare
from tests.cast import Cast
from tests.makers_note import running_safari

RUNS = 7
NOTES = 40
LINES = 5_000


def measure(folder: Path) -> dict[str, Any]:
    """Shares of the time in which one note is recorded and committed; runs with and without take turns."""
    safaris: list[str] = []

    def fill(db: Session) -> None:
        safaris.append(running_safari(db, Cast.town_hall, Cast.bas).id)

    prepare(folder, fill)
    with database().reading() as db:
        bas = actor_for(db, db.get_one(User, Cast.bas))
    sent = interview(safaris[0])
    _recorded(sent, bas)
    with_line, without = [], []
    for _ in range(RUNS):
        with_line.append(_recorded(sent, bas))
        with patch.object(recording, "log", lambda *_, **__: None):
            without.append(_recorded(sent, bas))
    whole = median(with_line)
    chained, followed = _chain(bas)
    return {
        "note_ms": whole,
        "spread": spread(with_line),
        "line_share_of_note": round(1 - median(without) / whole, 3),
        "chaining_share_of_note": round(chained / whole, 4),
        "following_share_of_note": round(followed / whole, 4),
        "longest_turn_to_write_ms": round(chained * chaining.MOST, 1),
    }


def _recorded(sent: bytes, by: Actor) -> float:
    """Milliseconds a note, each in a transaction of its own."""
    draft = NoteDraft.model_validate(json.loads(sent))
    began = time.perf_counter()
    for _ in range(NOTES):
        with database().writing() as db:
            recording.record(db, new_id(), draft, sent=sent, by=by)
    return (time.perf_counter() - began) / NOTES * 1000


def _chain(by: Actor) -> tuple[float, float]:
    """Milliseconds a line: to chain it, and to follow it."""
    with database().writing() as db:
        for _ in range(LINES):
            note(db, "note.recorded", "field_note", new_id(), by=by, at=Cast.town_hall, tags=3)
    return _took(_lengthened) / LINES, _took(_followed) / LINES


def _took(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _lengthened() -> None:
    while True:
        with database().writing() as db:
            if not chaining.lengthen(db):
                return


def _followed() -> None:
    with database().reading() as db:
        assert checking.check(db).trouble is None
