"""The phones a person works with: what each last said, and ending its sessions without touching what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlmodel import Session, col, delete, select

from app.clock import now
from app.errors import NotFound
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.delivery.table import Announcement, Device
from app.models.field_note.table import Receipt, Tombstone
from app.models.record import put_new
from app.models.user.table import UserSession

MOST = 20
"""Browsers known of one person. Anybody's browser makes its own id, so without an end there would be none."""


@dataclass(frozen=True, slots=True)
class Held:
    """One device of somebody. `close_at` is where its button posts to; empty when it is signed out already. One that
    never said what it holds has no `unsent`."""

    name: str
    seen_at: datetime
    here: bool
    close_at: str
    unsent: int | None = None
    oldest_at: datetime | None = None


def meet(db: Session, phone_id: str, *, name: str, by: Actor) -> Device:
    """This browser asks for this user: their row of it, and the session that now has its name."""
    own = select(Device).where(Device.phone_id == phone_id, Device.user_id == by.id)
    if db.exec(own).first() is None:
        put_new(db, Device, [{"phone_id": phone_id, "user_id": by.id, "name": name}])
        _forget_oldest(db, by, but=phone_id)
    device = db.exec(own.with_for_update()).one()
    device.seen_at, device.name = now(), name or device.name
    session = db.get(UserSession, by.session_id) if by.session_id else None
    if session and session.phone_id != phone_id:
        session.phone_id = phone_id
    return device


def _forget_oldest(db: Session, by: Actor, *, but: str) -> None:
    """Above so many, those that were silent longest; never one of which we know that something is still on it."""
    mine = select(Device.id).where(Device.user_id == by.id).order_by(col(Device.seen_at).desc())
    too_many = list(db.exec(mine.offset(MOST)))
    if not too_many:
        return
    on_it = exists().where(
        col(Announcement.phone_id) == col(Device.phone_id),
        col(Announcement.user_id) == col(Device.user_id),
        col(Announcement.settled_at).is_(None),
        ~exists().where(col(Receipt.note_id) == col(Announcement.note_id)),
        ~exists().where(col(Tombstone.note_id) == col(Announcement.note_id)),
    )
    done_with = (col(Device.unsent) == 0, ~on_it, col(Device.phone_id) != but)
    db.exec(delete(Device).where(col(Device.id).in_(too_many), *done_with))


def of(db: Session, actor: Actor) -> list[Held]:
    """The actor's own: this one first, then the last used. One that is signed out stays while it holds something."""
    sessions = _sessions(db, actor)
    held = []
    for device in db.exec(select(Device).where(Device.user_id == actor.id)):
        own = [session for session in sessions if session.phone_id == device.phone_id]
        if own or device.unsent:
            held.append(_phone(device, own, actor))
    known = {session.phone_id for session in sessions if session.phone_id}
    named = set(db.exec(select(Device.phone_id).where(Device.user_id == actor.id))) & known
    held += [_unnamed(session, actor) for session in sessions if session.phone_id not in named]
    return sorted(held, key=lambda one: (one.here, one.seen_at), reverse=True)


def _sessions(db: Session, actor: Actor) -> Sequence[UserSession]:
    return db.exec(
        select(UserSession).where(UserSession.user_id == actor.id, col(UserSession.expires_at) > now())
    ).all()


def _phone(device: Device, sessions: Sequence[UserSession], actor: Actor) -> Held:
    here = any(session.id == actor.session_id for session in sessions)
    return Held(
        name=device.name or next((session.device for session in sessions if session.device), ""),
        seen_at=max([device.seen_at, *(session.last_seen_at for session in sessions)]),
        here=here,
        close_at=_closure(here, f"/me/devices/{device.id}/closure") if sessions else "",
        unsent=device.unsent,
        oldest_at=device.oldest_at,
    )


def _unnamed(session: UserSession, actor: Actor) -> Held:
    here = session.id == actor.session_id
    close_at = _closure(here, f"/me/sessions/{session.id}/closure")
    return Held(name=session.device, seen_at=session.last_seen_at, here=here, close_at=close_at)


def _closure(here: bool, elsewhere: str) -> str:
    """Signing out here goes by the ordinary door, which asks first when notes wait on this device."""
    return "/session/closure" if here else elsewhere


def end(db: Session, device_id: str, *, by: Actor) -> bool:
    """Ends its sessions: its queue pauses at a 401, and keeps everything. Says whether it was the asking device."""
    device = db.exec(select(Device).where(Device.id == device_id, Device.user_id == by.id)).first()
    if device is None:
        raise NotFound
    there = (col(UserSession.user_id) == by.id) & (col(UserSession.phone_id) == device.phone_id)
    ended = list(db.exec(select(UserSession.id).where(there)))
    db.exec(delete(UserSession).where(there))
    log(db, "device.signed_out", "device", device.id, by=by, sessions=len(ended), unsent=device.unsent)
    return by.session_id in ended
