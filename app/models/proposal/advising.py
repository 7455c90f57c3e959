"""Advice without action: what customers would do, and nobody took up."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.action.table import Evidence
from app.models.audit.noting import note as log
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.queries import matching
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.paging import Page, cursor_of, moment_and_id
from app.models.proposal.table import AdviceSetAside
from app.models.record import put_new

FIELD = "advice"
"""The key of the guide's question for advice."""


@dataclass(frozen=True, slots=True)
class Advice:
    note: FieldNote
    place: Location

    @property
    def text(self) -> str:
        return self.note.answers[FIELD]["value"]

    @property
    def literal(self) -> bool:
        return bool(self.note.answers[FIELD].get("literal"))


def open_advice(actor: Actor, only: FieldNoteFilter) -> SelectOfScalar[FieldNote]:
    """Where the actor may make an action of it; without what an action quotes and what was set aside."""
    taken = select(Evidence.note_id).where(Evidence.field == FIELD)
    given = col(FieldNote.answers)[FIELD]["value"].as_string()
    return matching(actor, only).where(
        col(FieldNote.location_id).in_(ids_within(actor, Permission.CHANGE_ACTION)),
        col(FieldNote.declined).is_(False),
        func.trim(given) != "",
        col(FieldNote.id).not_in(taken),
        col(FieldNote.id).not_in(select(AdviceSetAside.note_id)),
    )


def page(
    db: Session, actor: Actor, only: FieldNoteFilter, *, limit: int = 20, cursor: str = ""
) -> Page[Advice]:
    """The newest first."""
    held, own = col(FieldNote.held_at), col(FieldNote.id)
    found = open_advice(actor, only)
    if cursor:
        at, last_id = moment_and_id(cursor)
        found = found.where(or_(held < at, and_(held == at, own < last_id)))
    notes = db.exec(found.order_by(held.desc(), own.desc()).limit(limit + 1)).all()
    last = notes[limit - 1] if len(notes) > limit else None
    ids = {note.location_id for note in notes}
    places = {place.id: place for place in db.exec(select(Location).where(col(Location.id).in_(ids)))}
    shown = [Advice(note, places[note.location_id]) for note in notes[:limit]]
    return Page(shown, cursor_of(last.held_at.isoformat(), last.id) if last else None)


def count(db: Session, actor: Actor, only: FieldNoteFilter) -> int:
    found = open_advice(actor, only).with_only_columns(col(FieldNote.id)).subquery()
    return db.exec(select(func.count()).select_from(found)).one()


def get(db: Session, actor: Actor, note_id: str) -> Advice:
    """NotFound when there is no advice in it, or when it is not the actor's to take up."""
    there = matching(actor, FieldNoteFilter()).where(
        FieldNote.id == note_id,
        col(FieldNote.location_id).in_(ids_within(actor, Permission.CHANGE_ACTION)),
    )
    note = db.exec(there).first()
    if note is None or not str(note.answers.get(FIELD, {}).get("value") or "").strip():
        raise NotFound
    return Advice(note, db.get_one(Location, note.location_id))


def set_aside(db: Session, advice: Advice, reason: str, *, by: Actor) -> None:
    """Twice is once; the first reason stays."""
    if db.get(AdviceSetAside, advice.note.id):
        return
    put_new(db, AdviceSetAside, [{"note_id": advice.note.id, "reason": reason, "by_id": by.id}])
    log(db, "advice.set_aside", "field_note", advice.note.id, by=by, at=advice.place.id)
