from sqlmodel import Session, col, select

from app.errors import NotFound
from app.models.tag.table import Tag, TagKind


def active(db: Session) -> list[Tag]:
    """In the order in which people choose from them."""
    return list(db.exec(select(Tag).where(col(Tag.active)).order_by(col(Tag.position), col(Tag.slug))))


def every(db: Session) -> list[Tag]:
    """Those switched off too: old notes still carry them."""
    return list(db.exec(select(Tag).order_by(col(Tag.position), col(Tag.slug))))


def of_kind(db: Session, kind: TagKind) -> list[Tag]:
    """One list of the two, those switched off too."""
    return [tag for tag in every(db) if tag.kind == kind]


def get(db: Session, tag_id: str) -> Tag:
    tag = db.get(Tag, tag_id)
    if tag is None:
        raise NotFound
    return tag
