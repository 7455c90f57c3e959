"""Who wants to hear back, as columns beside the notes: only in the export that is asked for with a reason."""

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.export.cells import Kind
from app.models.export.table import Batch, stored
from app.models.field_note.contacting import opened
from app.models.field_note.table import Contact, FieldNote
from app.models.location.queries import ids_within

COLUMNS = [
    stored("call_back.name", Kind.TEXT),
    stored("call_back.reach", Kind.TEXT),
    stored("call_back.called_at", Kind.MOMENT),
]


def added(db: Session, found: Iterable[Batch], *, by: Actor) -> Iterator[Batch]:
    """A customer who asked for no call, or whose call is done and wiped, has empty cells."""
    for batch in found:
        ids = batch["id"]
        contacts = {contact.note_id: contact for contact in _contacts(db, ids, by)}
        reached = {note_id: opened(contact) for note_id, contact in contacts.items()}
        yield {
            **batch,
            "call_back.name": [reached[one].name if one in reached else None for one in ids],
            "call_back.reach": [reached[one].reach if one in reached else None for one in ids],
            "call_back.called_at": [contacts[one].called_at if one in contacts else None for one in ids],
        }


def _contacts(db: Session, note_ids: Sequence[str], by: Actor) -> Iterable[Contact]:
    return db.exec(
        select(Contact)
        .join(FieldNote, col(FieldNote.id) == col(Contact.note_id))
        .where(
            col(Contact.note_id).in_(note_ids),
            col(FieldNote.erased_at).is_(None),
            col(FieldNote.location_id).in_(ids_within(by, Permission.READ_CONTACT)),
        )
    )
