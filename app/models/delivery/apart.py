"""What was set apart, for who may see it: the sender, and who settles notes at that place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from pydantic import ValidationError
from sqlalchemy import ColumnElement, and_, exists, false, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Fault, NotFound
from app.masking import masked
from app.models.access import ALLOWED, Actor, Permission, Role
from app.models.audit.noting import note as log
from app.models.delivery.parsing import parsed
from app.models.delivery.quarantining import opened
from app.models.delivery.table import Quarantine
from app.models.field_note.refilling import answers_in, fields_of, texts_of
from app.models.field_note.schemas import CallBack
from app.models.field_note.table import FieldNote, NoteEdit, Receipt
from app.models.guide.queries import Outline
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.record import Words
from app.models.user.table import Membership, User

SHOWN = 50
REACH = re.compile(r"\S+@\S+|\+?\d(?:[ ().-]{0,2}\d){7,}")
"""What somebody can be called or written at."""
COVERED = "•••"
RECORDERS = [role for role in Role if Permission.RECORD_NOTE in ALLOWED[role]]
KNOWN = frozenset(
    {"schema", "safari_id", "kind", "author_id", "revision", "held_at", "consent", "declined"}
    | {"answers", "effect", "channel", "call_back", "attachments"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """One text that was sent. `question` is empty when no question of the guide has that name."""

    name: str
    question: Words
    text: str


@dataclass(frozen=True, slots=True)
class Apart:
    """`raw` is what was sent, without whom to call back; `place` is empty when it does not say where it belongs. Only
    once `revealed` are name and number there."""

    row: Quarantine
    sender: User
    place: Location | None
    raw: Mapping[str, Any]
    call_back: Any
    readable: bool = True
    revealed: bool = False

    @property
    def faults(self) -> dict[str, Fault]:
        if not self.readable:
            return {"note": ("note.old_key", {})}
        return {name: (code, dict(details)) for name, (code, details) in self.row.faults.items()}

    @property
    def contact(self) -> CallBack | None:
        """Whom to call back, when that much is right."""
        try:
            return CallBack.model_validate(self.call_back)
        except ValidationError:
            return None

    @property
    def lacks_contact(self) -> bool:
        """Somebody wants to hear back, and the number is what does not fit."""
        return bool(self.call_back) and self.contact is None

    @property
    def fields(self) -> dict[str, list[str]]:
        """For the form that mends it. Name and number only when they are what is wrong, and somebody asked for them."""
        kept = {name: [masked(text) for text in texts] for name, texts in fields_of(self.raw).items()}
        if not (self.revealed and self.lacks_contact):
            return kept
        given = self.call_back if isinstance(self.call_back, Mapping) else {"reach": self.call_back}
        return kept | {f"call_back.{name}": texts_of(given.get(name)) for name in ("name", "reach")}

    @property
    def words(self) -> str:
        """The longest of what was said, to know it by; without a number, for no list opens one."""
        given = [text for answer in answers_in(self.raw).values() for text in texts_of(answer["value"])]
        texts = [REACH.sub(COVERED, text) for text in given]
        return masked(max(texts, key=len, default=""))

    def said(self, guide: Outline | None) -> list[Said]:
        asked = {question.key: question.text for question in guide.questions} if guide else {}
        found = [
            Said(name, asked.get(name, {}), ", ".join(texts_of(answer["value"])))
            for name, answer in answers_in(self.raw).items()
        ]
        rest = [
            Said(name, {}, ", ".join(texts_of(value)))
            for name, value in self.raw.items()
            if name not in KNOWN
        ]
        return [self._covered(one) for one in found + rest if one.text]

    def _covered(self, one: Said) -> Said:
        """What no question asked for may be a number in the wrong box: it is opened as a number is."""
        text = masked(one.text)
        return replace(one, text=text if one.question or self.revealed else REACH.sub(COVERED, text))


def decided_by(actor: Actor) -> ColumnElement[bool]:
    """At the place of its safari; where that is not known, at a place where the sender records."""
    there = ids_within(actor, Permission.SETTLE_NOTE)
    at_sender = exists().where(
        col(Membership.user_id) == col(Quarantine.user_id),
        col(Membership.role).in_(RECORDERS),
        col(Membership.location_id).in_(there),
    )
    unplaced = and_(col(Quarantine.location_id).is_(None), at_sender)
    return or_(col(Quarantine.location_id).in_(there), unplaced)


def visible_to(actor: Actor) -> SelectOfScalar[Quarantine]:
    """Undecided; what fits by now and came in after all needs nobody any more."""
    own = col(Quarantine.user_id) == actor.id if actor.may(Permission.RECORD_NOTE) else false()
    came_in = exists().where(
        col(Receipt.note_id) == col(Quarantine.note_id), col(Receipt.sha256) == col(Quarantine.sha256)
    )
    return select(Quarantine).where(or_(own, decided_by(actor)), col(Quarantine.verdict).is_(None), ~came_in)


def count(db: Session, actor: Actor) -> int:
    """Those, and the actor's own notes of which two versions wait for a choice."""
    apart = visible_to(actor).with_only_columns(func.count(col(Quarantine.id))).scalar_subquery()
    two = _twice(actor).with_only_columns(func.count(col(NoteEdit.id))).scalar_subquery()
    return int(db.execute(select(apart + two)).scalar_one())


def rows(db: Session, actor: Actor, *, limit: int = SHOWN) -> list[Apart]:
    """The oldest first."""
    found = _with_names(visible_to(actor).order_by(col(Quarantine.created_at), col(Quarantine.id)))
    return [_opened(*row) for row in db.execute(found.limit(limit))]


def get(db: Session, actor: Actor, quarantine_id: str) -> Apart:
    found = db.execute(_with_names(visible_to(actor).where(Quarantine.id == quarantine_id))).first()
    if found is None:
        raise NotFound
    return _opened(*found)


def reveal(db: Session, apart: Apart, *, by: Actor) -> Apart:
    """With name and number; each view is written down. Who may see the note made it, or answers for the place."""
    log(db, "contact.viewed", "quarantine", apart.row.id, by=by, at=apart.row.location_id)
    return replace(apart, revealed=True)


def may_decide(db: Session, actor: Actor, apart: Apart) -> bool:
    theirs = select(Quarantine.id).where(Quarantine.id == apart.row.id, decided_by(actor))
    return db.exec(theirs).first() is not None


def twice(db: Session, actor: Actor, *, limit: int = SHOWN) -> Sequence[tuple[NoteEdit, FieldNote, Location]]:
    """Notes with a second version that waits for a choice; the oldest first."""
    found = _twice(actor).order_by(col(NoteEdit.created_at), col(NoteEdit.id)).limit(limit)
    return [(edit, note, place) for edit, note, place in db.execute(found)]


def _twice(actor: Actor) -> Any:
    own = col(FieldNote.author_id) == actor.id if actor.may(Permission.RECORD_NOTE) else false()
    there = col(FieldNote.location_id).in_(ids_within(actor, Permission.SETTLE_NOTE))
    return (
        select(NoteEdit, FieldNote, Location)
        .join(FieldNote, col(FieldNote.id) == col(NoteEdit.note_id))
        .join(Location, col(Location.id) == col(FieldNote.location_id))
        .where(or_(own, there), col(NoteEdit.settled_at).is_(None), col(FieldNote.erased_at).is_(None))
    )


def _with_names(found: Any) -> Any:
    return (
        found.join(User, col(User.id) == col(Quarantine.user_id))
        .outerjoin(Location, col(Location.id) == col(Quarantine.location_id))
        .add_columns(User, Location)
    )


def _opened(row: Quarantine, sender: User, place: Location | None) -> Apart:
    try:
        raw = parsed(opened(row).encode())
    except InvalidTag:
        # Sealed with another key than today's: one such row must not hide all others.
        return Apart(row, sender, place, {}, None, readable=False)
    call_back = raw.pop("call_back", None)
    return Apart(row, sender, place, raw, call_back)
