"""A customer met a rule: the sentence is kept word for word, with what it cost as that customer told it."""

from sqlmodel import Session, select

from app.clock import new_id, now
from app.errors import Invalid
from app.models.access import Actor
from app.models.audit.noting import note as log
from app.models.field_note.quoting import Quote, picked, sentences
from app.models.field_note.table import FieldNote
from app.models.location.table import Location
from app.models.record import put_new
from app.models.rule import checking, queries
from app.models.rule.naming import name_at
from app.models.rule.proposing import marks_in
from app.models.rule.schemas import MeetingDraft, NamedRule, RuleDraft
from app.models.rule.table import Rule, RuleNote

SAID = ("field", "quote", "mark_start", "mark_end", "minutes", "cents", "room")


def meet_by_name(db: Session, note: FieldNote, draft: NamedRule, *, by: Actor) -> Rule:
    """Under a rule of the note's own place that is there, or under a new one. Nothing is kept when either is wrong."""
    quote = _quote_of(note, draft.quote)
    if draft.rule_id:
        rule = next((one for one in queries.at(db, note.location_id) if one.id == draft.rule_id), None)
        if rule is None:
            raise Invalid({"rule_id": "field.unknown_choice"})
    elif draft.title:
        fields = draft.model_dump(include={"id", "title", "kind", "view"})
        place = db.exec(select(Location).where(Location.id == note.location_id)).one()
        rule = name_at(db, place, RuleDraft(**fields, location_id=place.id), by=by)
    else:
        raise Invalid({"title": "field.missing"})
    _keep(db, rule, note, quote, draft, by=by)
    return rule


def meet(db: Session, rule: Rule, note: FieldNote, draft: MeetingDraft, *, by: Actor) -> None:
    """One note counts once under a rule: told again, the last telling stands."""
    if note.location_id != rule.location_id:
        raise Invalid({"rule_id": "field.unknown_choice"})
    _keep(db, rule, note, _quote_of(note, draft.quote), draft, by=by)


def _keep(db: Session, rule: Rule, note: FieldNote, quote: Quote, draft: MeetingDraft, *, by: Actor) -> None:
    checking.locked(db, rule, by=by)
    if note.declined:
        raise Invalid({"quote": "rule.nothing_said"})
    told = {
        "field": quote.field,
        "quote": quote.text,
        "mark_start": quote.mark_start,
        "mark_end": quote.mark_end,
        "minutes": draft.minutes,
        "cents": draft.cents,
        "room": draft.room,
    }
    found = select(RuleNote).where(RuleNote.rule_id == rule.id, RuleNote.note_id == note.id)
    known = db.exec(found).first()
    if known and all(getattr(known, column) == told[column] for column in SAID):
        return
    if known:
        for column in SAID:
            setattr(known, column, told[column])
    else:
        own = {"id": new_id(), "created_at": now(), "rule_id": rule.id, "note_id": note.id}
        put_new(db, RuleNote, [own | told | {"added_by_id": by.id}])
    verb = "rule.note_corrected" if known else "rule.note_added"
    log(db, verb, "rule", rule.id, by=by, at=rule.location_id, note=note.id)
    db.flush()


def part(db: Session, rule: Rule, note_id: str, *, by: Actor) -> None:
    """This customer did not meet this rule after all."""
    checking.locked(db, rule, by=by)
    found = select(RuleNote).where(RuleNote.rule_id == rule.id, RuleNote.note_id == note_id)
    if link := db.exec(found).first():
        db.delete(link)
        log(db, "rule.note_removed", "rule", rule.id, by=by, at=rule.location_id, note=note_id)
        db.flush()


def _quote_of(note: FieldNote, pick: str | None) -> Quote:
    """Invalid without a sentence, unless the note has no words: then the link alone says it."""
    marks = list(marks_in(note.answers))
    if pick is None:
        if sentences(note.answers, []):
            raise Invalid({"quote": "rule.quote_missing"})
        return Quote("", 0, 0, "")
    quote = picked(note.answers, pick, marks)
    if quote is None:
        raise Invalid({"quote": "action.quote_unknown"})
    return quote
