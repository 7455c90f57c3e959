"""Database and files in one tar, as a stream: neither is ever in memory whole."""

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from app import sealing
from app.clock import now
from app.database import database
from app.settings import settings

ABOUT, DATABASE, BLOBS = "klantsafari.json", "database", "blobs"
FORM = 1
WORDS = "klantsafari"
DIGEST = 64


def pack(output: IO[bytes], copy: Path) -> int:
    """The number of files in it. They come after the database, so that those of every row in it are there."""
    files = 0
    with tarfile.open(fileobj=output, mode="w|") as tar:
        _add_bytes(tar, ABOUT, json.dumps(_about(copy), indent=2).encode())
        tar.add(copy, DATABASE, filter=_nobodys)
        for blob in _blobs():
            try:
                tar.add(blob, f"{BLOBS}/{blob.name}", filter=_nobodys)
            except FileNotFoundError:
                continue  # Erased on purpose in the meantime.
            files += 1
    return files


def _about(copy: Path) -> dict[str, Any]:
    """`sealed` can be opened with the right key only: a restore says at once when another lies there."""
    sealed = base64.b64encode(sealing.seal(WORDS, place="backup")).decode()
    with copy.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    kind = database().engine.dialect.name
    return {"form": FORM, "made_at": now().isoformat(), "database": kind, "sha256": digest, "sealed": sealed}


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
