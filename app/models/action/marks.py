"""Which words of a note its labels rest on."""

from sqlmodel import Session, col, select

from app.models.action.quoting import Span
from app.models.field_note.table import Tagging, TaggingState


def marks_of(db: Session, note_id: str, tag_id: str | None = None) -> list[Span]:
    """Of all labels that were not rejected, or of one; what people accepted first, then the surest."""
    labels = select(Tagging).where(Tagging.note_id == note_id, col(Tagging.state) != TaggingState.REJECTED)
    if tag_id:
        labels = labels.where(Tagging.tag_id == tag_id)
    found = sorted(db.exec(labels), key=lambda t: (t.state != TaggingState.ACCEPTED, -t.score, t.id))
    return [Span(s["field"], s["start"], s["end"]) for label in found for s in label.spans]
