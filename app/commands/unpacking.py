"""What is in a backup, taken out by name and nothing else; each file must be what its name says."""

import hashlib
import json
import re
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from app.commands.copying import CopyFailed
from app.commands.packing import ABOUT, BLOBS, DATABASE, FORM
from app.database import database
from app.models.backup.table import Trouble

BLOB = re.compile(f"{BLOBS}/([0-9a-f]{{64}})")
NOT_OURS = "this is not a backup that this version of Klantsafari can read"


@dataclass
class Unpacked:
    """`copy` is the database as one file; `blobs` are the digests of what came by, each looked at."""

    about: dict[str, Any]
    copy: Path
    blobs: set[str] = field(default_factory=set)


def unpack(stream: IO[bytes], folder: Path, keep: Callable[[bytes], str]) -> Unpacked:
    """`keep` gets each photo and recording, and returns its sha256."""
    found = Unpacked({}, folder / DATABASE)
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                continue
            if member.name == ABOUT:
                found.about = _read(content.read())
            elif member.name == DATABASE:
                _write(content, found.copy, found.about.get("sha256"))
            elif blob := BLOB.fullmatch(member.name):
                if keep(content.read()) != blob[1]:
                    raise CopyFailed(f"the file {blob[1]} in it is damaged", Trouble.DAMAGED)
                found.blobs.add(blob[1])
    if not found.about or not found.copy.exists():
        raise CopyFailed(NOT_OURS, Trouble.DAMAGED)
    return found


def _write(content: IO[bytes], copy: Path, said: str | None) -> None:
    """Backups of before did not say what the database in them is."""
    digest = hashlib.sha256()
    with copy.open("wb") as output:
        while piece := content.read(1 << 20):
            output.write(piece)
            digest.update(piece)
    if said not in (None, digest.hexdigest()):
        raise CopyFailed("the database in it is damaged", Trouble.DAMAGED)


def _read(content: bytes) -> dict[str, Any]:
    try:
        about = json.loads(content)
    except ValueError:
        raise CopyFailed(NOT_OURS, Trouble.DAMAGED) from None
    if not isinstance(about, dict) or about.get("form") != FORM:
        raise CopyFailed(NOT_OURS, Trouble.DAMAGED)
    if about["database"] != database().engine.dialect.name:
        raise CopyFailed(
            f"the backup is of {about['database']}; point KLANTSAFARI_DATABASE_URL at one of those"
        )
    return about
