"""What employees typed elsewhere and that names the customer, or repeats their sentence, is blotted out."""

import re
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, SQLModel, col, or_, select

from app.models.action.table import Comment, Evidence, ImprovementAction
from app.models.delivery.table import Announcement, Quarantine
from app.models.field_note.quoting import sentences
from app.models.field_note.table import FieldNote, Tombstone
from app.models.privacy.table import PrivacyRequest
from app.models.proposal.table import AdviceSetAside, Proposal
from app.models.rule.table import Rule, RuleNote
from app.models.safari.table import Safari

BLOT = "[gewist]"
SHORTEST, SURE, SENTENCE = 3, 8, 20
TYPED: dict[type[SQLModel], tuple[str, ...]] = {
    Comment: ("text",),
    ImprovementAction: ("title", "description", "room_from", "reason"),
    Rule: ("title", "view", "reason"),
    Safari: ("goal", "debrief"),
    Proposal: ("reason",),
    AdviceSetAside: ("reason",),
    Announcement: ("reason",),
    Quarantine: ("reason",),
    Tombstone: ("reason",),
    PrivacyRequest: ("reason",),
}
"""Every box in which an employee types what is about a customer and is not the note itself. The log is none: it holds
ids and counts, and nothing may change it."""


def sentences_of(note: FieldNote) -> list[str]:
    """Those long enough to be nobody else's by chance."""
    return [quote.text for quote in sentences(note.answers, []) if len(quote.text) >= SENTENCE]


def terms_of(known_as: Iterable[str], said: Iterable[str]) -> list[str]:
    """Names and numbers as given, and whole sentences; the longest first, so that none hides in another."""
    named = [term.strip() for term in known_as if len(term.strip()) >= SHORTEST]
    return sorted({*named, *said}, key=lambda term: (-len(term), term))


def scrub(db: Session, note: FieldNote, known_as: Iterable[str], said: Iterable[str] = ()) -> int:
    """How many texts were changed. A short word is only looked for around this note: it may be anybody's name."""
    terms = terms_of(known_as, said)
    sure = [term for term in terms if len(term) >= SURE or " " in term or "@" in term]
    near = _near(db, note)
    changed = 0
    for table, columns in TYPED.items():
        close = near.get(table)
        for name in columns:
            changed += _blot(db, table, name, sure)
            if close is not None:
                changed += _blot(db, table, name, terms, only=close)
    return changed


def _near(db: Session, note: FieldNote) -> dict[type[SQLModel], Any]:
    actions = select(Evidence.action_id).where(Evidence.note_id == note.id)
    return {
        Comment: col(Comment.action_id).in_(actions),
        ImprovementAction: col(ImprovementAction.id).in_(actions),
        Rule: col(Rule.id).in_(select(RuleNote.rule_id).where(RuleNote.note_id == note.id)),
        Safari: col(Safari.id) == note.safari_id,
        AdviceSetAside: col(AdviceSetAside.note_id) == note.id,
        Announcement: col(Announcement.note_id) == note.id,
        Quarantine: col(Quarantine.note_id) == note.id,
        PrivacyRequest: col(PrivacyRequest.note_id) == note.id,
    }


def _blot(db: Session, table: type[SQLModel], name: str, terms: list[str], only: Any = None) -> int:
    if not terms:
        return 0
    column = col(getattr(table, name))
    found = select(table).where(or_(*(column.icontains(term, autoescape=True) for term in terms)))
    rows = db.exec(found if only is None else found.where(only)).all()
    for row in rows:
        setattr(row, name, blotted(getattr(row, name), terms))
    return len(rows)


def blotted(text: str, terms: list[str]) -> str:
    """Whole words only: Jan is not in January. Whatever their case."""
    for term in terms:
        text = re.sub(rf"(?<!\w){re.escape(term)}(?!\w)", BLOT, text, flags=re.IGNORECASE)
    return text
