"""`klantsafari restore FILE`: a backup back to life, in a place where nothing is yet."""

import base64
import json
import re
import tarfile
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography.exceptions import InvalidTag
from sqlmodel import col, select

from app import sealing, storage
from app.commands.backing_up import ABOUT, BLOBS, DATABASE, FORM, WORDS
from app.commands.copying import CopyFailed, copy_in, is_empty
from app.database import database
from app.models.attachment.table import Attachment
from app.settings import settings

BLOB = re.compile(f"{BLOBS}/([0-9a-f]{{64}})")
NOT_OURS = "this is not a backup that this version of Klantsafari can read"


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A backup.")],
) -> None:
    """Bring a backup back, where there is no database yet. Put the secret key there first."""
    if not is_empty():
        typer.echo("There is a database here already; nothing was touched.", err=True)
        raise typer.Exit(1)
    try:
        about, files = bring_back(file)
    except (CopyFailed, OSError, tarfile.TarError) as failed:
        typer.echo(f"Nothing was restored: {failed}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Restored what was there on {about['made_at']}: database and {files} files.")
    if missing := _missing():
        typer.echo(f"{missing} photos or recordings were not in the backup.", err=True)
    if trouble := _key_trouble(about["sealed"]):
        typer.echo(trouble, err=True)
    typer.echo("Run `klantsafari migrate` before you serve it.")


def bring_back(file: Path) -> tuple[dict[str, Any], int]:
    """What the backup says of itself, and how many files came back. The database comes last, whole or not at all."""
    settings().data.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=settings().data, prefix=".restore-") as folder,
        tarfile.open(file) as tar,
    ):
        about, copy, files = _unpack(tar, Path(folder))
        copy_in(copy)
    return about, files


def _unpack(tar: tarfile.TarFile, folder: Path) -> tuple[dict[str, Any], Path, int]:
    """Takes out what it knows by name, and nothing else; each file must be what its name says."""
    about: dict[str, Any] = {}
    copy, files = folder / DATABASE, 0
    for member in tar:
        content = tar.extractfile(member)
        if content is None:
            continue
        if member.name == ABOUT:
            about = _read(content.read())
        elif member.name == DATABASE:
            with copy.open("wb") as output:
                while piece := content.read(1 << 20):
                    output.write(piece)
        elif found := BLOB.fullmatch(member.name):
            if storage.put(content.read()) != found[1]:
                raise CopyFailed(f"the file {found[1]} in it is damaged")
            files += 1
    if not about or not copy.exists():
        raise CopyFailed(NOT_OURS)
    return about, copy, files


def _read(content: bytes) -> dict[str, Any]:
    try:
        about = json.loads(content)
    except ValueError:
        raise CopyFailed(NOT_OURS) from None
    if not isinstance(about, dict) or about.get("form") != FORM:
        raise CopyFailed(NOT_OURS)
    if about["database"] != database().engine.dialect.name:
        raise CopyFailed(
            f"the backup is of {about['database']}; point KLANTSAFARI_DATABASE_URL at one of those"
        )
    return about


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
