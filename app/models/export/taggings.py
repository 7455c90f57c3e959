"""Tags as a table: one row for each tag on each note, with the words it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import String, type_coerce
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.access import Actor
from app.models.export.cells import Form, Kind
from app.models.export.notes import exportable, in_order
from app.models.export.table import Batch, Lines, as_file, batches, stored
from app.models.field_note.table import FieldNote, Tagging
from app.models.location.table import Location
from app.models.tag.table import Tag

COLUMNS = [
    *map(stored, ("note_id", "safari_id", "location_id")),
    stored("location", Kind.TEXT),
    stored("held_at", Kind.MOMENT),
    *map(stored, ("tag", "state", "origin")),
    stored("score", Kind.DECIMAL),
    stored("sentiment"),
    stored("why", Kind.TEXT),
    stored("words", Kind.LIST),
    stored("decided_by_id"),
    stored("decided_at", Kind.MOMENT),
    stored("felt_by_id"),
]


def write(db: Session, notes: SelectOfScalar[FieldNote], form: Form, *, by: Actor) -> Lines:
    """A table of every tag on those notes that this person may take along, in the order of the notes' own table."""
    rows = (
        in_order(exportable(notes, by))
        .with_only_columns(
            *map(col, (FieldNote.safari_id, FieldNote.location_id, FieldNote.held_at)),
            type_coerce(Tagging.state, String).label("state"),
            *map(col, (Tagging.note_id, Tagging.tag_id, Tagging.origin, Tagging.score, Tagging.sentiment)),
            *map(col, (Tagging.why, Tagging.spans, Tagging.decided_by_id, Tagging.decided_at)),
            col(Tagging.felt_by_id),
        )
        .join(Tagging, col(Tagging.note_id) == col(FieldNote.id))
        .order_by(col(Tagging.tag_id))
    )
    return as_file(COLUMNS, _with_words(db, batches(db, rows)), form)


def _with_words(db: Session, found: Iterable[dict[str, Sequence[Any]]]) -> Iterator[Batch]:
    """Names, and the words themselves: read once a note, however many tags rest on them."""
    places = dict(db.exec(select(Location.id, Location.name)).all())
    slugs = dict(db.exec(select(Tag.id, Tag.slug)).all())
    for batch in found:
        ids = set(batch["note_id"])
        answers = dict(
            db.exec(select(FieldNote.id, FieldNote.answers).where(col(FieldNote.id).in_(ids))).all()
        )
        batch["location"] = [places[place] for place in batch["location_id"]]
        batch["tag"] = [slugs[tag] for tag in batch["tag_id"]]
        batch["words"] = [
            [answers[note_id][span["field"]]["value"][span["start"] : span["end"]] for span in spans]
            for note_id, spans in zip(batch["note_id"], batch["spans"], strict=True)
        ]
        yield batch
