"""`klantsafari daily`: what has to be done once a day, whoever starts it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

import typer

from app.clock import new_id, now, today
from app.database import database
from app.logs import log
from app.models.attachment import receiving
from app.models.board import still
from app.models.chore import leasing
from app.models.privacy import expiring
from app.models.privacy.table import Kept

NAME = "daily"
JOBS: list[Callable[[Callable[[], None]], dict[str, int]]] = []
"""Each does its work in short turns, says between them that it is still there, and gives counts by name."""


def daily(
    if_due: Annotated[bool, typer.Option(help="Only when nobody did it today.")] = False,
) -> None:
    """Let go of what was kept long enough, and whatever else is for once a day. Twice is once.

    Stopped halfway it goes on at the next start; two at the same time is one.
    """
    me, day = new_id(), today()
    with database().writing() as db:
        if if_due and not leasing.is_due(db, NAME, on=day, at=now()):
            return
        if not leasing.take(db, NAME, me, at=now()):
            typer.echo("Another is at it.")
            return
    counts: dict[str, int] = {}
    for job in JOBS:
        counts |= job(lambda: _hold(me))
    with database().writing() as db:
        leasing.finish(db, NAME, me, on=day)
    log.info("daily", notes=counts.get(Kept.NOTE, 0), lines=sum(counts.values()))
    typer.echo(", ".join(f"{name}: {count}" for name, count in counts.items()))


def _hold(me: str) -> None:
    with database().writing() as db:
        leasing.take(db, NAME, me, at=now())


def let_go(hold: Callable[[], None]) -> dict[str, int]:
    """What is past its term, in batches, then no trace of it in what the database had set free."""
    at, counts = now(), dict.fromkeys(map(str, Kept), 0)
    for kind in Kept:
        while True:
            with database().writing() as db:
                gone = expiring.expire(db, kind, at=at)
            counts[kind] += gone
            if gone < expiring.AT_ONCE:
                break
            hold()
    with database().writing() as db:
        expiring.tell(db, counts)
        left = any(counts.values()) or expiring.erased_since(db, at - timedelta(days=2))
    if left:
        database().scrub()
    receiving.sweep()
    return counts


def ask_about_still_cards(_: Callable[[], None]) -> dict[str, int]:
    """Cards where nothing happens are asked about, and later set aside."""
    with database().writing() as db:
        asked, moved = still.move_still_cards(db, now())
    return {"still_asked": asked, "still_moved": moved}


JOBS.extend([let_go, ask_about_still_cards])
