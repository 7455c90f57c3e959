"""Photos and PDFs with an action: kept by their sha256, looked at by who may see the action."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sqlmodel import Session, col, select

from app import storage
from app.errors import Invalid, NotFound, TooLarge
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.table import ImprovementAction
from app.models.attachment import decoding, dropping
from app.models.attachment.photos import Photo
from app.models.attachment.table import ActionFile, FileKind
from app.models.audit.noting import note as log
from app.settings import settings

MOST = 30
"""Files an action."""
PDF, PDF_TYPE = b"%PDF-", "application/pdf"


@dataclass(frozen=True, slots=True)
class Read:
    """`sha256` is of the file as sent, `content` is what we keep."""

    kind: FileKind
    name: str
    sha256: str
    content: bytes
    photo: Photo | None = None


def read(content: bytes, name: str) -> Read:
    """What the bytes are, by looking and never by their name. Raises Invalid or TooLarge."""
    limit = settings().photo_limit
    if len(content) > limit:
        raise TooLarge("too_large", limit=limit // 1_000_000)
    digest = hashlib.sha256(content).hexdigest()
    short = "".join(one for one in PurePath(name.replace("\\", "/")).name if one.isprintable())[-160:]
    if content.startswith(PDF):
        return Read(FileKind.DOCUMENT, short or "document.pdf", digest, content)
    try:
        photo = decoding.clean(content)
    except Invalid as wrong:
        fault = wrong.fields["photo"]
        raise Invalid({"file": "action.file_kind" if fault[0] == "photo.wrong_kind" else fault}) from None
    return Read(FileKind.PHOTO, short or "foto.jpg", digest, photo.content, photo)


def files_of(db: Session, action_id: str) -> Sequence[ActionFile]:
    """In the order in which they came."""
    own = select(ActionFile).where(ActionFile.action_id == action_id)
    return db.exec(own.order_by(col(ActionFile.id))).all()


def keep(db: Session, action: ImprovementAction, file: Read, *, by: Actor) -> ActionFile:
    """The same file twice is one."""
    checking.hold(db, action, by=by)
    here = files_of(db, action.id)
    if known := next((one for one in here if one.sha256 == file.sha256), None):
        return known
    if len(here) >= MOST:
        raise Invalid({"file": ("attachment.too_many", {"most": MOST})})
    kept = ActionFile(
        action_id=action.id,
        kind=file.kind,
        name=file.name,
        sha256=file.sha256,
        media_type="image/jpeg" if file.photo else PDF_TYPE,
        size=len(file.content),
        blob=storage.put(file.content),
        thumbnail=storage.put(file.photo.thumbnail) if file.photo else None,
        added_by_id=by.id,
    )
    db.add(kept)
    log(
        db,
        "action.file_added",
        "action",
        action.id,
        by=by,
        at=action.location_id,
        file=kept.id,
        size=kept.size,
    )
    db.flush()
    return kept


def remove(db: Session, action: ImprovementAction, file_id: str, *, by: Actor) -> None:
    """Its bytes go too; what is gone already stays gone."""
    checking.hold(db, action, by=by)
    known = db.exec(
        select(ActionFile).where(ActionFile.id == file_id, ActionFile.action_id == action.id)
    ).first()
    if known is None:
        return
    db.delete(known)
    db.flush()
    dropping.let_go(db, {digest for digest in (known.blob, known.thumbnail) if digest})
    log(db, "action.file_removed", "action", action.id, by=by, at=action.location_id, file=file_id)


def get(db: Session, actor: Actor, file_id: str) -> ActionFile:
    """NotFound when it is not there, or with an action that the actor may not see."""
    seen = queries.visible_to(actor).with_only_columns(col(ImprovementAction.id))
    wanted = select(ActionFile).where(ActionFile.id == file_id, col(ActionFile.action_id).in_(seen))
    found = db.exec(wanted).first()
    if found is None:
        raise NotFound
    return found
