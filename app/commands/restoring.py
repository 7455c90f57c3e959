"""`klantsafari restore FILE`: a backup back to life, in a place where nothing is yet."""

import base64
import tarfile
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography.exceptions import InvalidTag
from sqlmodel import col, select

from app import sealing, storage
from app.commands.copying import CopyFailed, copy_in, is_empty
from app.commands.locking import NOT_LOCKED, Key, is_locked, opened, read_identities, read_secret
from app.commands.packing import WORDS
from app.commands.unpacking import unpack
from app.database import database
from app.models.attachment.table import Attachment
from app.settings import settings


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A backup.")],
    identity_file: Annotated[Path | None, typer.Option(help="The secret key that opens it.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="Its passphrase, on one line.")] = None,
) -> None:
    """Bring a backup back, where there is no database yet. Put the secret key there first."""
    if not is_empty():
        typer.echo("There is a database here already; nothing was touched.", err=True)
        raise typer.Exit(1)
    try:
        key = Key(passphrase=read_secret(passphrase_file), identities=read_identities(identity_file))
        about, files = bring_back(file, key)
    except (CopyFailed, OSError, tarfile.TarError) as failed:
        typer.echo(f"Nothing was restored: {failed}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Restored what was there on {about['made_at']}: database and {files} files.")
    if not is_locked(file):
        typer.echo(NOT_LOCKED)
    if missing := _missing():
        typer.echo(f"{missing} photos or recordings were not in the backup.", err=True)
    if trouble := _key_trouble(about["sealed"]):
        typer.echo(trouble, err=True)
    typer.echo("Run `klantsafari migrate` before you serve it.")


def bring_back(file: Path, key: Key) -> tuple[dict[str, Any], int]:
    """What the backup says of itself, and how many files came back. The database comes last, whole or not at all."""
    settings().data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings().data, prefix=".restore-") as folder:
        with opened(file, key) as stream:
            found = unpack(stream, Path(folder), storage.put)
        copy_in(found.copy)
    return found.about, len(found.blobs)


def _missing() -> int:
    with database().reading() as db:
        rows = db.exec(select(col(Attachment.blob), col(Attachment.thumbnail))).all()
    digests = {digest for row in rows for digest in row if digest}
    return sum(not _is_here(digest) for digest in digests)


def _is_here(digest: str) -> bool:
    try:
        return storage.path_of(digest).is_file()
    except FileNotFoundError:
        return False


def _key_trouble(sealed: str) -> str:
    """Empty when the key that lies here is the right one. Serving without it would make a new one."""
    if not settings().secret_key.get_secret_value() and not (settings().data / "secret.key").exists():
        return (
            f"There is no secret key here. Put the one of this backup in {settings().data / 'secret.key'} "
            "before you serve it."
        )
    try:
        fits = sealing.unseal(base64.b64decode(sealed), place="backup") == WORDS
    except (ValueError, InvalidTag):
        fits = False
    return "" if fits else "The secret key here is another one: names and numbers cannot be read with it."
