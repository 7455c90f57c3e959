"""Terugbellen: which customers still wait for what they were told, for who keeps it and for who looks after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.field_note import queries as notes
from app.models.field_note.table import Contact, FieldNote
from app.models.location.table import Location
from app.models.promise.queries import call_asked
from app.models.promise.table import Promise, PromiseState
from app.models.user.table import User
from app.models.user.working import workers_at

MOST = 500


@dataclass(frozen=True, slots=True)
class Due:
    """`owner` is None when nobody has it, or who had it works here no more. `reachable`: a name and number wait."""

    promise: Promise
    note: FieldNote
    place: Location
    owner: User | None
    reachable: bool

    def days_late(self, today: date) -> int:
        return max(0, (today - self.promise.due_on).days)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Each with the one that waits longest on top. Only `mine` for who is no manager there."""

    mine: list[Due] = field(default_factory=list)
    unowned: list[Due] = field(default_factory=list)
    late: list[Due] = field(default_factory=list)
    others: list[Due] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.mine) + len(self.unowned) + len(self.late) + len(self.others)


def waiting(db: Session, actor: Actor, today: date) -> Waiting:
    """`late` are those of colleagues whose day has passed, `others` theirs that are still in time."""
    found = Waiting()
    for due in _open(db, actor):
        manages = actor.may(Permission.READ_CONTACT, at=due.place.path)
        if due.owner and due.owner.id == actor.id:
            found.mine.append(due)
        elif manages and due.owner is None:
            found.unowned.append(due)
        elif manages:
            (found.late if due.promise.due_on < today else found.others).append(due)
    return found


def of_note(db: Session, note: FieldNote, place: Location, *, reachable: bool) -> list[Due]:
    """All that this customer was told, kept or not, and the call itself once somebody tried it."""
    told = (
        select(Promise, User)
        .outerjoin(User, col(User.id) == col(Promise.owner_id))
        .where(Promise.note_id == note.id)
        .order_by(col(Promise.created_at), col(Promise.id))
    )
    return [Due(promise, note, place, owner, reachable) for promise, owner in db.exec(told)]


def _open(db: Session, actor: Actor) -> list[Due]:
    readable = notes.visible_to(actor).with_only_columns(col(FieldNote.id))
    told = db.exec(
        select(Promise, FieldNote, Contact, Location)
        .join(FieldNote, col(FieldNote.id) == col(Promise.note_id))
        .join(Location, col(Location.id) == col(Promise.location_id))
        .outerjoin(Contact, col(Contact.note_id) == col(Promise.note_id))
        .where(Promise.state == PromiseState.OPEN, col(FieldNote.id).in_(readable))
        .order_by(col(Promise.due_on), col(Promise.id))
        .limit(MOST)
    ).all()
    rows = [(promise, note, place, contact is not None) for promise, note, contact, place in told]
    rows += [
        (call_asked(note, contact), note, place, True) for note, contact, place in _only_asked(db, actor)
    ]
    rows.sort(key=lambda row: (row[0].due_on, row[0].id))
    working = workers_at(db, [place for _, _, place, _ in rows])
    return [
        Due(promise, note, place, working[place.id].get(promise.owner_id or ""), reachable)
        for promise, note, place, reachable in rows
    ]


def _only_asked(db: Session, actor: Actor) -> Sequence[tuple[FieldNote, Contact, Location]]:
    """Customers who asked for a call and were promised nothing else, or nothing that is still open."""
    busy = select(Promise.note_id).where(
        (col(Promise.state) == PromiseState.OPEN) | (col(Promise.id) == col(Promise.note_id))
    )
    asked = (
        select(FieldNote, Contact, Location)
        .join(Contact, col(Contact.note_id) == col(FieldNote.id))
        .join(Location, col(Location.id) == col(FieldNote.location_id))
        .where(
            col(FieldNote.id).in_(notes.visible_to(actor).with_only_columns(col(FieldNote.id))),
            col(Contact.called_at).is_(None),
            col(FieldNote.id).not_in(busy),
        )
    )
    return db.exec(asked.order_by(col(FieldNote.held_at), col(FieldNote.id)).limit(MOST)).all()
