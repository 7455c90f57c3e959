"""What somebody is told about their own account, once, on Vandaag."""

from sqlmodel import Session, col, select

from app.clock import now
from app.models.access import Actor
from app.models.record import put_new
from app.models.user.proof_table import Notice, NoticeKind, Passkey


def tell(db: Session, user_id: str, kind: NoticeKind) -> None:
    """Anew when they read it before."""
    told = _told(db, user_id, kind)
    told.read_at, told.created_at = None, now()


def read(db: Session, kind: NoticeKind, *, by: Actor) -> None:
    _told(db, by.id, kind).read_at = now()


def unread(db: Session, actor: Actor) -> list[Notice]:
    """The offer of a passkey comes by itself, to who has none and did not say no."""
    told = db.exec(select(Notice).where(Notice.user_id == actor.id).order_by(col(Notice.created_at))).all()
    waiting = [notice for notice in told if notice.read_at is None]
    if any(notice.kind == NoticeKind.PASSKEY_OFFER for notice in told) or waiting:
        return waiting
    has_one = db.exec(select(Passkey.id).where(Passkey.user_id == actor.id)).first()
    return [] if has_one else [Notice(user_id=actor.id, kind=NoticeKind.PASSKEY_OFFER)]


def _told(db: Session, user_id: str, kind: NoticeKind) -> Notice:
    put_new(db, Notice, [Notice(user_id=user_id, kind=kind).model_dump()])
    return db.exec(select(Notice).where(Notice.user_id == user_id, Notice.kind == kind)).one()
