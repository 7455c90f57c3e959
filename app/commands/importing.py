"""`klantsafari import`: what a phone saved as a file, or feedback lines into a safari, a hundred in a transaction."""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from app.commands.bringing import bring_in
from app.database import database
from app.error_words import said
from app.models.field_note.importing import Outcome, take_in
from app.models.field_note.lines import lines_of
from app.models.user import tokens
from app.models.user.actors import actor_for

BATCH = 100


def import_file(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="ZIP of a phone, JSONL or CSV.")
    ],
    as_: Annotated[str, typer.Option("--as", help="E-mail address or id of the user who records them.")],
    safari: Annotated[
        str, typer.Option(help="Id of the safari that gets the lines; a phone's own file knows it.")
    ] = "",
) -> None:
    """Record what a phone saved as a file, or feedback lines (`text`, optional `held_at`, `nps`, `channel`), as notes;
    twice gives no doubles."""
    if file.suffix.lower() == ".zip":
        return bring_in(file, as_)
    if not safari:
        raise typer.BadParameter("lines need a safari to go to", param_hint="--safari")
    return _import_lines(file, safari, as_)


def _import_lines(file: Path, safari: str, as_: str) -> None:
    with database().reading() as db:
        actor = actor_for(db, tokens.owner(db, as_))
    outcome, lines = Outcome(), lines_of(file)
    shown = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
    with shown as bar:
        task = bar.add_task(file.name, total=sum(1 for _ in lines_of(file)))
        while batch := list(islice(lines, BATCH)):
            with database().writing() as db:
                take_in(db, safari, batch, outcome, by=actor)
            bar.advance(task, len(batch))
    for report in _reports(outcome):
        typer.echo(report, err=True)
    typer.echo(f"{outcome.new} new, {outcome.there} already there, {len(outcome.refused)} refused")
    if not outcome.read:
        raise typer.Exit(1)


def _reports(outcome: Outcome) -> Iterator[str]:
    if outcome.ignored:
        yield f"Ignored fields: {', '.join(outcome.ignored)}"
    for number, fault in sorted(outcome.refused.items()):
        yield f"Line {number}: {said(fault, 'nl')}"
