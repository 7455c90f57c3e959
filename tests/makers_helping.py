"""An action that was done, and talks before and after it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from app.clock import now
from app.models.access import Actor
from app.models.action import arranging
from app.models.action.schemas import Placement
from app.models.action.table import ImprovementAction, Step
from app.models.field_note.table import FieldNote, NoteKind, Tagging
from app.models.guide.table import Question
from app.models.helping.table import Hope, Yardstick
from app.models.tag.table import Tag
from tests.makers_action import raised, story
from tests.makers_note import running_safari

QUEUE = "Ik moest een half uur wachten."


def done(db: Session, by: Actor, place: str, **fields: Any) -> ImprovementAction:
    action = raised(db, by, story(db, place, by.id), **fields)
    arranging.place(db, action, Placement(step=Step.DONE, version=action.version), by=by)
    return action


def theme(db: Session, slug: str = "waiting_time") -> Tag:
    return db.exec(select(Tag).where(Tag.slug == slug)).first() or db.exec(select(Tag)).all()[0]


def question(db: Session, key: str) -> Question:
    return db.exec(select(Question).where(Question.key == key)).one()


def yardstick(db: Session, action: ImprovementAction, **fields: Any) -> Yardstick:
    """About the theme, set a month ago."""
    ago = now() - timedelta(days=30)
    made: dict[str, Any] = {"hope": Hope.LESS_NEGATIVE, "tag_id": theme(db).id}
    made |= {"before_until": ago, "counts_from": ago, "location_id": action.location_id} | fields
    one = Yardstick(action_id=action.id, **made)
    db.add(one)
    db.flush()
    return one


def talks(db: Session, place: str, by: str, values: Iterable[Any], *, days_ago: int, key: str = "") -> None:
    """One a value: named as a burden or not, or the answer to the question `key`."""
    safari, tag = running_safari(db, place, by), theme(db)
    for number, value in enumerate(values):
        answers: dict[str, Any] = {"story": {"value": QUEUE, "literal": True}}
        note = FieldNote(
            safari_id=safari.id,
            location_id=place,
            author_id=by,
            kind=NoteKind.INTERVIEW,
            held_at=now() - timedelta(days=days_ago) + timedelta(minutes=number),
            answers=answers | ({key: {"value": value}} if key else {}),
            headline=QUEUE,
            headline_literal=True,
        )
        db.add(note)
        db.flush()
        if value and not key:
            spans = [{"field": "story", "start": 0, "end": 30}]
            db.add(
                Tagging(note_id=note.id, tag_id=tag.id, origin="lexicon", sentiment="negative", spans=spans)
            )
    db.flush()
