"""Reads the file that a phone made of everything on it. Nothing of it is ever written under a name that it gives."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self
from zipfile import BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel, Field, ValidationError

from app.errors import Problem
from app.models.field_note.schemas import Announced, NoteId, Sha256
from app.settings import settings

MOST_FILES = 20_000
MOST_BYTES = 4_000_000_000
"""Unpacked, all together: more than a phone ever has room for."""
MOST_NOTE = 5_000_000
MOST_INDEX = 20_000_000
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class ExportedNote(BaseModel):
    id: NoteId
    revision: int = Field(default=1, ge=1, le=10_000)
    if_match: int | None = Field(default=None, ge=1)
    sha256: Sha256
    kind: str = ""
    attachments: list[Announced] = []

    @property
    def based_on(self) -> int | None:
        """The version that an edit was made from: the one before it, unless the phone says otherwise."""
        return self.if_match or (self.revision - 1 or None)


class ExportedErrand(BaseModel):
    """Word that a safari began or ended, as it was frozen."""

    id: NoteId
    safari_id: NoteId | None = None
    kind: Literal["opening", "closure"]
    bytes: str


class Index(BaseModel):
    user_id: str
    notes: list[ExportedNote] = []
    safaris: list[ExportedErrand] = []


@dataclass(slots=True)
class Export:
    """`with Export.opened(path) as export`; every fault with the file as a whole is a Problem with plain words."""

    zip: ZipFile
    index: Index

    @classmethod
    def opened(cls, path: Path) -> Self:
        try:
            found = ZipFile(path)
        except (BadZipFile, OSError, ValueError, NotImplementedError) as broken:
            raise Problem("export.no_zip") from broken
        _check(found.infolist())
        try:
            return cls(found, Index.model_validate_json(_read(found, "index.json", MOST_INDEX)))
        except ValidationError as wrong:
            raise Problem("export.no_index") from wrong

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.zip.close()

    def note(self, note: ExportedNote) -> bytes:
        """The frozen bytes; a Problem when they are missing, or are not those that the index speaks of."""
        return _proven(_read(self.zip, f"outbox/{note.id}.json", MOST_NOTE), note.sha256)

    def files(self, note: ExportedNote) -> Iterator[tuple[Announced, bytes | Problem]]:
        """One at a time: a photo takes as much room as it is large."""
        for announced in note.attachments:
            name = f"blobs/{note.id}/{announced.sha256}"
            try:
                yield announced, _proven(_read(self.zip, name, settings().photo_limit), announced.sha256)
            except Problem as fault:
                yield announced, fault


def _check(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Problem("export.too_large")
    names = [entry.filename for entry in entries if not entry.is_dir()]
    if len(set(names)) < len(names) or not all(PLAIN.fullmatch(name) for name in names):
        raise Problem("export.hostile")


def _read(found: ZipFile, name: str, most: int) -> bytes:
    """Believes no size that the file itself gives: a few kilobytes can unpack to gigabytes."""
    try:
        with found.open(name) as entry:
            content = entry.read(most + 1)
    except KeyError as missing:
        raise Problem("export.no_index" if name == "index.json" else "export.missing") from missing
    except (
        BadZipFile,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        zlib.error,
    ) as broken:
        raise Problem("export.broken") from broken
    if len(content) > most:
        raise Problem("export.too_large")
    return content


def _proven(content: bytes, sha256: str) -> bytes:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Problem("export.broken")
    return content
