"""`klantsafari import FILE.zip`: what a phone saved as a file, as if the phone itself had sent it."""

import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from app.database import database
from app.error_words import said
from app.models.delivery.bringing import Brought, bring
from app.models.delivery.exported import Export
from app.models.user import tokens
from app.models.user.actors import actor_for


def bring_in(file: Path, user: str) -> None:
    """Ends with 1 when nothing arrived."""
    with database().reading() as db:
        actor = actor_for(db, tokens.owner(db, user))
    brought = Brought()
    shown = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
    with Export.opened(file) as export, shown as bar:
        task = bar.add_task(file.name, total=len(export.index.notes))
        for _ in bring(export, database().writing, brought, by=actor):
            bar.advance(task)
    for what, fault in brought.refused:
        typer.echo(f"{what}: {said(fault, 'nl')}", err=True)
    kept = f"{brought.new} new, {brought.there} already there, {brought.apart} kept apart"
    typer.echo(f"{kept}, {brought.files} files, {len(brought.refused)} refused")
    if brought.refused and not brought.arrived:
        raise typer.Exit(1)
