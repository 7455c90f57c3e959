"""What stands around a note about its customer: what they were told, their own link, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from app.clock import new_id, today
from app.forms import Filled
from app.models.access import Actor
from app.models.action.queries import open_at, people_at
from app.models.action.table import ImprovementAction
from app.models.consent.table import Purpose
from app.models.consent.texts import TEXTS
from app.models.field_note.reading import Story
from app.models.field_note.table import FieldNote
from app.models.promise import linking, listing, making
from app.models.promise.listing import Due
from app.models.promise.queries import WITHIN, is_theirs
from app.models.promise.table import CustomerAnswer, CustomerLink
from app.models.record import Words
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Told:
    promises: Sequence[Due]
    link: CustomerLink | None
    answers: Sequence[CustomerAnswer]
    may: bool
    call_is_elses: bool
    people: Sequence[User]
    actions: Sequence[ImprovementAction]
    fresh_id: str
    today: date
    asks: Words

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(person.id, person.name) for person in self.people]

    @property
    def action_choices(self) -> list[tuple[str, str]]:
        return [(action.id, action.title) for action in self.actions]


def around(
    db: Session, actor: Actor, note: FieldNote, story: Story, form: Filled[Any]
) -> tuple[Told, Filled[Any]]:
    """With the form of a new promise as it begins."""
    place = story.place
    every = listing.of_note(db, note, place, reachable=story.contact is not None)
    told = [due for due in every if due.promise.text]
    call = next((due.promise for due in every if due.promise.id == note.id), None)
    may = making.may_make(actor, note, place)
    begins = {
        "text": "" if told else making.proposed(note),
        "due_on": (today() + WITHIN).isoformat(),
        "owner_id": actor.id,
        "channel": "spoken",
    }
    answers = select(CustomerAnswer).where(CustomerAnswer.note_id == note.id)
    around_it = Told(
        told,
        linking.live(db, note.id),
        db.exec(answers.order_by(col(CustomerAnswer.changed_at))).all(),
        may,
        call is not None and not is_theirs(actor, call, place),
        people_at(db, place) if may else [],
        open_at(db, place.id) if may else [],
        new_id(),
        today(),
        TEXTS[Purpose.LINK][1],
    )
    return around_it, replace(form, values={**begins, **form.values})
