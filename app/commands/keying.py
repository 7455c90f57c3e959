"""`klantsafari create-backup-key FILE`: a key pair for backups, of which only the public half stays on the server."""

import os
from pathlib import Path
from typing import Annotated

import typer

from app.commands.locking import new_key

NEW, FOR_THE_OWNER_ALONE = os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600


def create_backup_key(
    file: Annotated[Path, typer.Argument(help="Where the secret key goes; must not be there yet.")],
) -> None:
    """Make a key pair for backups. Do it on another machine, and keep the file there: it opens every backup."""
    secret, public = new_key()
    try:
        descriptor = os.open(file, NEW, FOR_THE_OWNER_ALONE)
    except FileExistsError:
        typer.echo(f"{file} is there already; nothing was written.", err=True)
        raise typer.Exit(1) from None
    with os.fdopen(descriptor, "w") as output:
        output.write(f"# public key: {public}\n{secret}\n")
    typer.echo(f"The secret key is in {file}. Without it no backup that is encrypted to it comes back.")
    typer.echo(f"KLANTSAFARI_BACKUP_RECIPIENT={public}")
