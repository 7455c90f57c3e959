"""`klantsafari check`: names every weak setting in plain words, before somebody else finds it."""

from collections.abc import Iterator

import typer
from sqlalchemy.exc import DBAPIError

from app.commands.weaknesses import address, files, records
from app.database import database
from app.i18n import N_, translator
from app.settings import settings


def check() -> None:
    """Name every weak setting, in the language of the settings; exit code 1 when there is one."""
    _ = translator(settings().language)
    weak = [_(words) for words in weaknesses()]
    for words in weak:
        typer.echo(f"- {words}")
    if weak:
        raise typer.Exit(1)
    typer.echo(_("Niets zwaks gevonden."))


def weaknesses() -> Iterator[str]:
    """Message ids, in Dutch."""
    yield from address.found()
    yield from files.found()
    try:
        with database().reading() as db:
            yield from records.found(db)
    except DBAPIError:
        yield N_("De database geeft geen antwoord.")
