"""What a draft says the customer agreed to. Pure, but for keeping it."""

from sqlmodel import Session

from app.errors import Gone
from app.models.consent import giving
from app.models.consent.giving import Given
from app.models.consent.table import Channel, Purpose
from app.models.consent.texts import version_of
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import FieldNote, NoteKind


def keep(db: Session, note_id: str, draft: NoteDraft, *, author_id: str) -> None:
    giving.give(db, note_id, given_in(draft), at=draft.held_at, to_id=author_id)


def still_agreed(db: Session, note: FieldNote, draft: NoteDraft) -> NoteDraft:
    """A later version of a note without what the customer took back since. Gone once its words went."""
    if note.emptied_at:
        raise Gone("note.emptied")
    gone = giving.withdrawn(db, note.id)
    files = [file for file in draft.attachments if Purpose(file.kind) not in gone]
    call_back = None if Purpose.CALL_BACK in gone else draft.call_back
    return draft.model_copy(update={"attachments": files, "call_back": call_back})


def given_in(draft: NoteDraft) -> list[Given]:
    """A draft of before consents had purposes: yes to what it contains, under the text that was read then."""
    if draft.declined:
        return []
    said: list[Given] = [(Purpose.QUOTE, draft.consent, Channel.SPOKEN)] if draft.consent else []
    if draft.consents is None:
        return said + [(purpose, draft.consent, Channel.SPOKEN) for purpose in _contained(draft)]
    others = {one.purpose: (one.purpose, one.version, one.channel) for one in draft.consents}
    asked = (Purpose.CALL_BACK, version_of(Purpose.CALL_BACK), Channel.SPOKEN)
    call_back = others.pop(Purpose.CALL_BACK, asked)
    others.pop(Purpose.QUOTE, None)
    return [*said, *others.values(), *([call_back] if draft.call_back else [])]


def _contained(draft: NoteDraft) -> list[Purpose]:
    """What an employee saw or said by themselves is no customer's to agree to."""
    kinds = {file.kind for file in draft.attachments} if draft.kind == NoteKind.INTERVIEW else set()
    found = [Purpose(kind) for kind in sorted(kinds)]
    return [*found, Purpose.CALL_BACK] if draft.call_back else found
