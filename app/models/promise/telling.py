"""Which customers of an action know what came of it, and which still do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_
from sqlmodel import Session, col, select, union

from app.clock import now
from app.errors import Invalid
from app.models.access import Actor
from app.models.action import checking
from app.models.action import queries as actions
from app.models.action.table import Evidence, ImprovementAction
from app.models.audit.noting import note as log
from app.models.field_note.table import Contact, FieldNote
from app.models.promise.table import CustomerAnswer, CustomerLink, Promise, PromiseState, Telling
from app.models.record import put_new


@dataclass(frozen=True, slots=True)
class Customer:
    """One who can be told. `by_phone` and `by_link`: how; `helped` and `word` are what they said back."""

    note: FieldNote
    by_phone: bool
    by_link: bool
    told_at: datetime | None
    helped: bool | None = None
    word: str = ""

    @property
    def told(self) -> bool:
        return self.told_at is not None


def customers(db: Session, action_id: str) -> list[Customer]:
    """Who left a number, was promised something or has a link; who still waits first."""
    rows = db.execute(_rows([action_id])).all()
    found = [
        Customer(
            row.FieldNote,
            row.reach,
            row.linked,
            row.called_at or row.told_at or row.answered_at,
            row.helped,
            row.word or "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.told, one.note.held_at))


def still_to_tell(db: Session, action_ids: Sequence[str]) -> dict[str, int]:
    """Action -> how many of its customers can be told what came of it and were not yet."""
    rows = _rows(action_ids).subquery()
    known = or_(rows.c.called_at.is_not(None), rows.c.told_at.is_not(None), rows.c.answered_at.is_not(None))
    counted = select(rows.c.action_id, func.count()).where(~known).group_by(rows.c.action_id)
    return {row[0]: row[1] for row in db.execute(counted)}


def tell(db: Session, action: ImprovementAction, note_id: str, *, by: Actor) -> None:
    """Telling twice is telling once. Invalid when that customer has nothing to do with it."""
    checking.require(by, actions.place_of(db, action))
    if note_id not in {one.note.id for one in customers(db, action.id)}:
        raise Invalid({"note_id": "field.unknown_choice"})
    if db.get(Telling, (action.id, note_id)) is None:
        row = {"action_id": action.id, "note_id": note_id, "told_at": now(), "told_by_id": by.id}
        put_new(db, Telling, [row])
        log(db, "action.customer_told", "action", action.id, by=by, at=action.location_id, note=note_id)


def _rows(action_ids: Sequence[str]) -> Select[tuple[object, ...]]:
    """One row for each action and reachable customer, with what is known of them."""
    rests = select(Evidence.action_id, Evidence.note_id).where(col(Evidence.action_id).in_(action_ids))
    told = select(Promise.action_id, Promise.note_id).where(col(Promise.action_id).in_(action_ids))
    pair = union(rests, told).subquery()
    open_links = select(CustomerLink.note_id).where(
        col(CustomerLink.revoked_at).is_(None), col(CustomerLink.expires_at) > now()
    )
    let_off = select(Promise.note_id).where(
        Promise.id == Promise.note_id, Promise.state == PromiseState.NOT_NEEDED
    )
    promised = select(Promise.note_id).where(Promise.text != "")
    phone = and_(col(Contact.note_id).is_not(None), col(FieldNote.id).not_in(let_off))
    link = col(FieldNote.id).in_(open_links)
    return (
        select(  # type: ignore[call-overload]
            pair.c.action_id,
            FieldNote,
            phone.label("reach"),
            link.label("linked"),
            Contact.called_at,
            Telling.told_at,
            CustomerAnswer.changed_at.label("answered_at"),  # type: ignore[attr-defined]
            CustomerAnswer.helped,
            CustomerAnswer.word,
        )
        .select_from(pair)
        .join(FieldNote, and_(col(FieldNote.id) == pair.c.note_id, col(FieldNote.erased_at).is_(None)))
        .outerjoin(Contact, col(Contact.note_id) == pair.c.note_id)
        .outerjoin(
            Telling,
            and_(col(Telling.note_id) == pair.c.note_id, col(Telling.action_id) == pair.c.action_id),
        )
        .outerjoin(
            CustomerAnswer,
            and_(
                col(CustomerAnswer.note_id) == pair.c.note_id,
                col(CustomerAnswer.action_id) == pair.c.action_id,
            ),
        )
        .where(or_(phone, link, col(FieldNote.id).in_(promised)))
    )
