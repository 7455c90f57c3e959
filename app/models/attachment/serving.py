"""How a kept file goes out: never as something a browser would run."""

from dataclasses import dataclass
from pathlib import Path

from app import storage
from app.errors import NotFound
from app.models.attachment.table import Attachment, AttachmentKind

ENDINGS = {
    "image/jpeg": "jpg",
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
}
THUMBNAIL_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Served:
    path: Path
    media_type: str
    name: str


def served(attachment: Attachment, *, thumbnail: bool = False) -> Served:
    """NotFound when a spoken note is asked for its thumbnail, or the bytes are gone from the folder."""
    digest = attachment.thumbnail if thumbnail else attachment.blob
    media_type = THUMBNAIL_TYPE if thumbnail else attachment.media_type
    if digest is None:
        raise NotFound
    try:
        path = storage.path_of(digest)
    except FileNotFoundError:
        raise NotFound from None
    kind = "foto" if attachment.kind == AttachmentKind.PHOTO else "spraak"
    return Served(path, media_type, f"klantsafari-{kind}-{attachment.id[-6:]}.{ENDINGS[media_type]}")
