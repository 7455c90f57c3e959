"""Blobs by their sha256 in a folder: written beside, flushed, then renamed, so that a half file never has a name."""

import hashlib
import os
from pathlib import Path

from app.clock import new_id
from app.settings import settings


def _place(digest: str) -> Path:
    return settings().data / "blobs" / digest[:2] / digest


def put(content: bytes) -> str:
    """Stores the bytes and returns their sha256 in hex; the same bytes twice are one file."""
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest)
    if place.exists():
        # Another request may have named it this very moment: that it is here must last for us too.
        _flush_folder(place.parent)
        return digest
    if not place.parent.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        _flush_folder(place.parent.parent)
    beside = place.with_name(new_id())
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(place)
    except OSError:
        # On a full disk half a file would take the last room from everybody.
        beside.unlink(missing_ok=True)
        raise
    _flush_folder(place.parent)
    return digest


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def path_of(digest: str) -> Path:
    """Where the blob lies; FileNotFoundError when it is not there."""
    place = _place(digest)
    if not place.is_file():
        raise FileNotFoundError(digest)
    return place


def delete(digest: str) -> None:
    _place(digest).unlink(missing_ok=True)
