"""Actions, notes and quotes for tests about them."""

from typing import Any

from sqlmodel import Session

from app.clock import new_id, now
from app.models.access import Actor
from app.models.action import raising
from app.models.action.schemas import ActionDraft
from app.models.action.table import ActionKind, Evidence, ImprovementAction, Step
from app.models.field_note.table import FieldNote, NoteKind
from tests.makers_note import running_safari

SAID = "Ik weet dat het online kan. Ik wilde juist iemand spreken. Dat kon niet."
FIRST = "story:0-27"
SECOND = "story:28-58"


def story(db: Session, place: str, author: str, text: str = SAID, **fields: Any) -> FieldNote:
    """A note with one story in the customer's own words."""
    safari = running_safari(db, place, author)
    answers = {"story": {"value": text, "literal": True}}
    note = FieldNote(
        safari_id=safari.id,
        location_id=place,
        author_id=author,
        kind=NoteKind.INTERVIEW,
        held_at=now(),
        answers=answers,
        headline=text,
        **fields,
    )
    db.add(note)
    db.flush()
    return note


def draft(**fields: Any) -> ActionDraft:
    wanted = {"title": "Stop met zeggen ‘dat staat online’", "kind": "clear", "quotes": [SECOND]} | fields
    return ActionDraft.model_validate(wanted)


def raised(db: Session, by: Actor, note: FieldNote, **fields: Any) -> ImprovementAction:
    return raising.raise_from(db, note, draft(**fields), by=by)


def finished(db: Session, by: Actor, note: FieldNote) -> ImprovementAction:
    """An action in Gedaan."""
    made = raised(db, by, note)
    made.step = Step.DONE
    db.flush()
    return made


def many(db: Session, place: str, number: int, *, quoting: FieldNote | None = None) -> None:
    """Actions spread over the steps, as a bulk insert; `quoting`: each with one quote of that note."""
    steps = list(Step)
    actions = [
        {
            "id": new_id(),
            "created_at": now(),
            "location_id": place,
            "title": f"Actie {n}",
            "description": "",
            "kind": list(ActionKind)[n % 4],
            "step": steps[n % len(steps)],
            "position": float(n),
            "version": 1,
            "room_from": "",
            "reason": "",
            "moved_at": now(),
        }
        for n in range(number)
    ]
    db.execute(ImprovementAction.__table__.insert(), actions)  # type: ignore[attr-defined]
    if quoting:
        quotes = [
            {
                "id": new_id(),
                "created_at": now(),
                "action_id": action["id"],
                "note_id": quoting.id,
                "field": "story",
                "quote": "Ik wilde juist iemand spreken.",
                "mark_start": 0,
                "mark_end": 9,
            }
            for action in actions
        ]
        db.execute(Evidence.__table__.insert(), quotes)  # type: ignore[attr-defined]
    db.flush()
