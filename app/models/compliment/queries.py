"""Kind words: those that came to me, and those that wait to be sent on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.clock import now
from app.models.access import Actor, Permission
from app.models.compliment.table import Compliment
from app.models.field_note.quoting import Quote, sentences
from app.models.field_note.table import FieldNote
from app.models.location.queries import ids_within
from app.models.location.table import Location
from app.models.user.table import User
from app.models.user.working import people_at

RECENT = timedelta(days=60)
MOST_READ, MOST_SHOWN = 200, 10


@dataclass(frozen=True, slots=True)
class Received:
    compliment: Compliment
    held_at: datetime


def mine(db: Session, actor: Actor, *, limit: int = 20) -> list[Received]:
    """What customers said of this person, the newest first; words of an erased note are shown nowhere."""
    rows = db.exec(
        select(Compliment, FieldNote.held_at)
        .join(FieldNote, col(FieldNote.id) == col(Compliment.note_id))
        .where(Compliment.to_id == actor.id, col(FieldNote.erased_at).is_(None))
        .order_by(col(Compliment.id).desc())
        .limit(limit)
    )
    return [Received(one, held_at) for one, held_at in rows]


@dataclass(frozen=True, slots=True)
class Offer:
    """A happy sentence that seems to name a colleague; a manager decides."""

    note: FieldNote
    quote: Quote
    person: User


def to_send_on(db: Session, actor: Actor) -> list[Offer]:
    """From recent happy stories at the places this person leads, the newest first."""
    led = col(FieldNote.location_id).in_(ids_within(actor, Permission.LEAD_SAFARI))
    happy = select(FieldNote).where(led, FieldNote.sentiment == "positive", FieldNote.consent != "")
    recent = happy.where(col(FieldNote.erased_at).is_(None), col(FieldNote.held_at) >= now() - RECENT)
    notes = db.exec(recent.order_by(col(FieldNote.held_at).desc()).limit(MOST_READ)).all()
    sent = set(db.exec(select(Compliment.note_id, Compliment.to_id)).all()) if notes else set()
    there = select(Location).where(col(Location.id).in_({note.location_id for note in notes}))
    people = {place.id: people_at(db, place) for place in db.exec(there)}
    offers = [
        Offer(note, quote, person)
        for note in notes
        for quote, person in named(sentences(note.answers, []), people[note.location_id])
        if (note.id, person.id) not in sent
    ]
    return list({(offer.note.id, offer.person.id): offer for offer in reversed(offers)}.values())[::-1][
        :MOST_SHOWN
    ]


def named(quotes: Iterable[Quote], people: Sequence[User]) -> list[tuple[Quote, User]]:
    """Sentences with somebody's first name in them, as a word with a capital. Pure."""
    known = [(re.compile(rf"\b{re.escape(person.name.split()[0])}\b"), person) for person in people]
    return [(quote, person) for quote in quotes for word, person in known if word.search(quote.text)]
