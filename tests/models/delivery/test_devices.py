"""Bas works with ever new browsers: the longest unused are forgotten, and never one that still holds a note."""

from datetime import timedelta

from sqlmodel import Session, select

from app.clock import new_id, now
from app.models.delivery import devices
from app.models.delivery.table import Announcement, Device
from app.models.field_note.table import Tombstone
from tests.cast import Cast


def met(db: Session, user_id: str, days_ago: int, **fields) -> Device:
    seen = now() - timedelta(days=days_ago)
    device = Device(phone_id=new_id(), user_id=user_id, seen_at=seen, **fields)
    db.add(device)
    db.flush()
    return device


def announced(db: Session, device: Device) -> str:
    one = Announcement(note_id=new_id(), phone_id=device.phone_id, user_id=device.user_id, sha256="a" * 64)
    db.add(one)
    db.flush()
    return one.note_id


def phones_of(db: Session, user_id: str) -> set[str]:
    return set(db.exec(select(Device.phone_id).where(Device.user_id == user_id)))


def test_above_twenty_the_oldest_go_but_for_what_holds_something(db: Session, cast: Cast, actor):
    holds, said_so, done = met(db, cast.bas, 300, unsent=2), met(db, cast.bas, 299), met(db, cast.bas, 298)
    announced(db, said_so)
    db.add(Tombstone(note_id=announced(db, done), by_id=cast.bas, reason="Dubbel"))
    oldest = met(db, cast.bas, 200)
    newer = [met(db, cast.bas, day) for day in range(devices.MOST - 1)]
    of_carla = met(db, cast.carla, 400)
    fresh = new_id()
    for _ in range(2):
        devices.meet(db, fresh, name="Firefox, Linux", by=actor(cast.bas))
        db.flush()
    left = phones_of(db, cast.bas)
    assert {holds.phone_id, said_so.phone_id, fresh, *(one.phone_id for one in newer)} == left
    assert done.phone_id not in left
    assert oldest.phone_id not in left
    assert phones_of(db, cast.carla) == {of_carla.phone_id}


def test_twenty_stay_as_they_are(db: Session, cast: Cast, actor):
    for day in range(devices.MOST - 1):
        met(db, cast.bas, day)
    devices.meet(db, new_id(), name="", by=actor(cast.bas))
    db.flush()
    assert len(phones_of(db, cast.bas)) == devices.MOST
