"""What was set apart, for who may see it: the sender, and who settles notes at that place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from pydantic import ValidationError
from sqlalchemy import ColumnElement, and_, exists, false, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Fault, NotFound
from app.models.access import ALLOWED, Actor, Permission, Role
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
    """`raw` is what was sent, without whom to call back; `place` is empty when it does not say where it belongs."""

    row: Quarantine
    sender: User
    place: Location | None
    raw: Mapping[str, Any]
    call_back: Any
    readable: bool = True

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
    def fields(self) -> dict[str, list[str]]:
        """For the form that mends it. Name and number only when they are what is wrong."""
        given = self.call_back if isinstance(self.call_back, Mapping) and not self.contact else {}
        typed = {f"call_back.{name}": texts_of(given.get(name)) for name in ("name", "reach")}
        return fields_of(self.raw) | typed

    @property
    def words(self) -> str:
        """The longest of what was said, to know it by."""
        texts = [text for answer in answers_in(self.raw).values() for text in texts_of(answer["value"])]
        return max(texts, key=len, default="")

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
        return [one for one in found + rest if one.text]


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
