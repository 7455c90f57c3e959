"""A photo that comes in parts, as a phone sends it and as somebody else would."""

import hashlib

from sqlmodel import select

from app.database import database
from app.models.attachment.table import Attachment
from app.settings import settings
from tests import makers_file as files
from tests.makers_note import observation, recorded, running_safari

PHOTO = files.jpeg((500, 400), quality=95)
LIES = files.jpeg((300, 200))
NONSENSE = b"x" * 900


def digest(content):
    return hashlib.sha256(content).hexdigest()


def announced(content, **fields):
    named = {"sha256": digest(content), "kind": "photo", "size": len(content), "media_type": "image/jpeg"}
    return named | fields


def note_with_photos(db, cast, actor):
    """Bas's observation: it names a photo, one that it calls smaller than it is, a sound as a photo, and nonsense."""
    safari = running_safari(db, cast.town_hall, cast.bas)
    sent = [
        announced(PHOTO),
        announced(LIES, size=len(LIES) - 1),
        announced(files.webm()),
        announced(NONSENSE),
    ]
    made = recorded(db, actor(cast.bas), observation(safari.id, attachments=sent))
    db.commit()
    return made


def address(note, content=PHOTO):
    return f"/api/v1/field-notes/{note.id}/blobs/{digest(content)}"


def send(browser, note, begin, end, content=PHOTO):
    headers = {"upload-offset": str(begin)}
    return browser.put(address(note, content), content=content[begin:end], headers=headers)


def offset(browser, note, content=PHOTO):
    answer = browser.head(address(note, content))
    return "all" if answer.status_code == 200 else int(answer.headers["upload-offset"])


def here():
    with database().reading() as db:
        return db.exec(select(Attachment)).all()


def parts():
    return sorted((settings().data / "incoming").glob("*"))
