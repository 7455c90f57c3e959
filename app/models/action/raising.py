"""An action begins with what a customer said: its quotes are kept as evidence, word for word."""

from collections.abc import Iterable

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.clock import new_id, now
from app.errors import Conflict, Invalid
from app.models.access import Actor
from app.models.action import checking, queries
from app.models.action.marks import marks_of
from app.models.action.quoting import Quote, picked, sentences
from app.models.action.schemas import ActionDraft
from app.models.action.table import Evidence, ImprovementAction, Room, Step
from app.models.audit.noting import note as log
from app.models.field_note.table import FieldNote
from app.models.location.table import Location


def raise_from(db: Session, note: FieldNote, draft: ActionDraft, *, by: Actor) -> ImprovementAction:
    """The action stands on top of Nieuw, at the note's own place. The same draft twice makes one action."""
    if known := db.get(ImprovementAction, draft.id):
        return same(known, note.location_id, by)
    place = db.exec(select(Location).where(Location.id == note.location_id)).one()
    checking.require(by, place)
    checking.check(db, draft, place)
    quotes = quotes_of(db, note, draft.quotes)
    if not (action := put_on_board(db, draft, place, by=by)):
        return same(db.get_one(ImprovementAction, draft.id), note.location_id, by)
    keep(db, action, note.id, quotes)
    log(db, "action.raised", "action", action.id, by=by, at=place.id, note=note.id)
    return action


def put_on_board(db: Session, draft: ActionDraft, place: Location, *, by: Actor) -> ImprovementAction | None:
    """None when the other tap of a double tap was first; PostgreSQL lets both come this far."""
    action = ImprovementAction(
        **draft.model_dump(include={"id", "title", "description", "kind", "owner_id", "due_on", "room"}),
        location_id=place.id,
        position=top_of(db, Step.NEW),
        room_from=checking.room_from(draft),
        room_since=now() if draft.room == Room.WAITING else None,
        created_by_id=by.id,
        moved_by_id=by.id,
        moved_at=now(),
    )
    try:
        with db.begin_nested():
            db.add(action)
    except IntegrityError:
        return None
    checking.set_teams(db, action.id, draft.team_ids)
    return action


def same(known: ImprovementAction, location_id: str, by: Actor) -> ImprovementAction:
    """That action, when this person made it there; else its id was taken."""
    if known.created_by_id != by.id or known.location_id != location_id:
        raise Conflict("action.id_taken")
    return known


def add_evidence(
    db: Session, action: ImprovementAction, note: FieldNote, picks: Iterable[str], *, by: Actor
) -> None:
    """One more story under an action of the same place; words that are already there are not added twice."""
    checking.require(by, queries.place_of(db, action))
    if note.location_id != action.location_id:
        raise Invalid({"action_id": "field.unknown_choice"})
    before = db.exec(select(Evidence).where(Evidence.action_id == action.id, Evidence.note_id == note.id))
    known = {(e.field, e.quote) for e in before}
    fresh = [q for q in quotes_of(db, note, picks) if (q.field, q.text) not in known]
    if fresh:
        keep(db, action, note.id, fresh)
        action.stirred_at = now()
        log(db, "action.evidence_added", "action", action.id, by=by, at=action.location_id, note=note.id)


def quotes_of(db: Session, note: FieldNote, picks: Iterable[str]) -> list[Quote]:
    """Invalid without any, unless the note has no words to quote: then one empty quote holds the link to it."""
    marks = marks_of(db, note.id)
    found = [picked(note.answers, pick, marks) for pick in dict.fromkeys(picks)]
    quotes = [quote for quote in found if quote]
    if len(quotes) != len(found):
        raise Invalid({"quotes": "action.quote_unknown"})
    if not quotes and sentences(note.answers, []):
        raise Invalid({"quotes": "action.quote_missing"})
    return quotes or [Quote("", 0, 0, "")]


def top_of(db: Session, step: Step) -> float:
    first = db.exec(select(func.min(col(ImprovementAction.position))).where(ImprovementAction.step == step))
    return (first.one() or 0.0) - 1.0


def keep(db: Session, action: ImprovementAction, note_id: str, quotes: Iterable[Quote]) -> None:
    """What a label marked comes first: the card shows the first."""
    ordered = sorted(quotes, key=lambda quote: not quote.marked)
    for key, quote in zip(sorted(new_id() for _ in ordered), ordered, strict=True):
        db.add(
            Evidence(
                id=key,
                action_id=action.id,
                note_id=note_id,
                field=quote.field,
                quote=quote.text,
                mark_start=quote.mark_start,
                mark_end=quote.mark_end,
            )
        )
    db.flush()
