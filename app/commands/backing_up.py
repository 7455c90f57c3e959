"""`klantsafari backup FILE`: database and files in one tar, made while people work."""

import base64
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from app import sealing
from app.clock import new_id, now
from app.commands.copying import CopyFailed, copy_out
from app.database import database
from app.settings import settings

ABOUT, DATABASE, BLOBS = "klantsafari.json", "database", "blobs"
FORM = 1
WORDS = "klantsafari"
DIGEST = 64
NEW, FOR_THE_OWNER_ALONE = os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
KEY_APART = (
    "The secret key is not in it, on purpose. Keep {key} somewhere else: "
    "without it nobody can read names and numbers, what waits for repair, or what a phone locked at sign-out."
)


def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes; must not be there yet.")],
) -> None:
    """Put database, photos and voice in one file, while the site runs. The secret key stays out."""
    if file.exists():
        typer.echo(f"{file} is there already; nothing was written.", err=True)
        raise typer.Exit(1)
    try:
        files = make(file)
    except (CopyFailed, OSError) as failed:
        typer.echo(f"No backup was made: {failed}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{file}: database and {files} files, {file.stat().st_size:,} bytes, checked.")
    typer.echo(KEY_APART.format(key=_key()))


def make(file: Path) -> int:
    """The number of photos and recordings in it. `file` has its name only once it is whole and on disk."""
    beside = file.with_name(f".{new_id()}.part")
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".klantsafari-") as folder:
        copy = Path(folder) / DATABASE
        try:
            copy_out(copy)
            with os.fdopen(os.open(beside, NEW, FOR_THE_OWNER_ALONE), "wb") as output:
                files = _pack(output, copy)
                output.flush()
                os.fsync(output.fileno())
            beside.rename(file)
        finally:
            beside.unlink(missing_ok=True)
    return files


def _pack(output: Any, copy: Path) -> int:
    """Files after the database, so that those of every row in it are there."""
    files = 0
    with tarfile.open(fileobj=output, mode="w") as tar:
        _add_bytes(tar, ABOUT, json.dumps(_about(), indent=2).encode())
        tar.add(copy, DATABASE, filter=_nobodys)
        for blob in _blobs():
            try:
                tar.add(blob, f"{BLOBS}/{blob.name}", filter=_nobodys)
            except FileNotFoundError:
                continue  # Erased on purpose in the meantime.
            files += 1
    return files


def _about() -> dict[str, Any]:
    """`sealed` can be opened with the right key only: a restore says at once when another lies there."""
    sealed = base64.b64encode(sealing.seal(WORDS, place="backup")).decode()
    kind = database().engine.dialect.name
    return {"form": FORM, "made_at": now().isoformat(), "database": kind, "sealed": sealed}


def _blobs() -> Iterator[Path]:
    """Whole ones: what is still coming in has another name."""
    return (path for path in sorted((settings().data / BLOBS).glob("??/*")) if len(path.name) == DIGEST)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Users of this machine mean nothing on another."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime = len(content), int(now().timestamp())
    tar.addfile(member, io.BytesIO(content))


def _key() -> str:
    given = settings().secret_key.get_secret_value()
    return "KLANTSAFARI_SECRET_KEY" if given else str(settings().data / "secret.key")
