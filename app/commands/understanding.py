"""`klantsafari understand`: reads by their meaning the notes that wait for it."""

import os

import typer

from app.database import database
from app.models.field_note import pending, retagging
from app.models.tag.learned import current_sense


def understand() -> None:
    """Read the notes that came in since, by their meaning; the site starts this by itself.

    Stopped halfway, what was not finished is done the next time.
    """
    if hasattr(os, "nice"):
        os.nice(10)
    done = 0
    while ids := _some():
        done += _read(ids)
    typer.echo(f"{done} notes read by their meaning.")


def _some() -> list[str]:
    with database().writing() as db:
        return pending.begin(db)


def _read(ids: list[str]) -> int:
    with database().reading() as db:
        readable = current_sense(db) is not None
        read = retagging.read_these(db, ids) if readable else {}
    with database().writing() as db:
        if not readable:
            pending.drop(db, ids)
        return pending.finish(db, read)
