"""`klantsafari retag`: learns from what people decided, and reads every note again with it."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from app.database import database
from app.models.field_note import relearning, retagging


def retag(
    only_learn: Annotated[bool, typer.Option(help="Make the model anew and leave the notes alone.")] = False,
) -> None:
    """Learn from accepted, rejected and added themes, and suggest anew; what people decided stays.

    Stopped halfway it goes on where it was, and meanwhile notes come in as ever.
    """
    _learn()
    if not only_learn:
        _read_again()


def _learn() -> None:
    with database().reading() as db:
        made = relearning.relearn(db)
    if made is None:
        typer.echo("Nothing new to learn.")
        return
    with database().writing() as db:
        takes_over = relearning.keep(db, made)
        figures = made.figures
    share = f"{figures['learned']:.2f} of 1 on decisions it had not seen, {figures['before']:.2f} without it"
    typer.echo(f"Learned from {figures['accepted']} accepted themes: {share}.")
    if not takes_over:
        typer.echo("That is no better, so the former one stays.")


def _read_again() -> None:
    """In short transactions, so that nobody waits."""
    with database().reading() as db:
        total = retagging.how_many(db)
    after, done = "", 0
    shown = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
    with shown as bar:
        task = bar.add_task("notes", total=total)
        while read := _next(after):
            with database().writing() as db:
                retagging.renew(db, read)
            after, done = max(read), done + len(read)
            bar.advance(task, len(read))
    typer.echo(f"{done} notes read again.")


def _next(after: str) -> dict[str, retagging.Read]:
    with database().reading() as db:
        return retagging.read_again(db, after)
