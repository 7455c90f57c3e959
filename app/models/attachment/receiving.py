"""What came in of a file so far: a part in the data folder, from one try of the phone to the next.

Bytes are only ever added at the end, by one at a time, and are on the disk before anybody hears that they are here.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path

from app.clock import now
from app.errors import Conflict, Invalid
from app.settings import settings

KEPT = timedelta(days=7)
"""After that the phone begins again."""


def _folder() -> Path:
    return settings().data / "incoming"


def _place(note_id: str, sha256: str) -> Path:
    return _folder() / f"{note_id}-{sha256}"


def offset_of(note_id: str, sha256: str) -> int:
    """How many bytes are here; 0 when there are none."""
    try:
        return _place(note_id, sha256).stat().st_size
    except FileNotFoundError:
        return 0


def append(note_id: str, sha256: str, content: bytes, *, at: int, most: int) -> bytes | None:
    """Adds the bytes; gives the whole file once `most` are here, or when an empty part says that this was all.
    Conflict, with the right `offset`, when `at` is not the end; Invalid, and nothing kept, beyond `most`."""
    if at == 0:
        sweep()
    with _locked(_place(note_id, sha256), new=at == 0) as part:
        here = os.fstat(part).st_size
        if at != here:
            raise Conflict("blob.wrong_offset", offset=here)
        if here + len(content) > most:
            drop(note_id, sha256)
            raise Invalid({"size": "blob.larger"})
        try:
            _write(part, content, at=here)
        except OSError:
            os.ftruncate(part, here)
            raise
        size = here + len(content)
        return None if content and size < most else os.pread(part, size, 0)


def _write(part: int, content: bytes, *, at: int) -> None:
    rest = memoryview(content)
    while rest:
        written = os.pwrite(part, rest, at)
        at, rest = at + written, rest[written:]
    os.fsync(part)


@contextmanager
def _locked(place: Path, *, new: bool) -> Iterator[int]:
    """The open part, for one at a time, also of another process."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        part = os.open(place, os.O_RDWR | (os.O_CREAT if new else 0), 0o600)
    except FileNotFoundError:
        raise Conflict("blob.wrong_offset", offset=0) from None
    try:
        flock(part, LOCK_EX)
        if not _is_still(part, place):
            # Whoever had it before us finished it, or threw it away.
            raise Conflict("blob.wrong_offset", offset=0)
        yield part
    finally:
        os.close(part)


def _is_still(part: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(part), place.stat())
    except FileNotFoundError:
        return False


def drop(note_id: str, sha256: str) -> None:
    _place(note_id, sha256).unlink(missing_ok=True)


def drop_all(note_id: str) -> None:
    """Whatever came in of the note's files; a phone that is still sending begins again, or is told that it went."""
    for part in _folder().glob(f"{note_id}-*"):
        part.unlink(missing_ok=True)


def sweep() -> None:
    """Parts that nobody added to for a week go."""
    oldest = (now() - KEPT).timestamp()
    for part in _folder().glob("*-*"):
        try:
            if part.stat().st_mtime < oldest:
                part.unlink()
        except FileNotFoundError:
            continue
