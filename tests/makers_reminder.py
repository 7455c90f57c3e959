"""What reminds Bas and Carla, as rows."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from app.clock import now, today
from app.models.action import mentioning, queries
from app.models.action.table import ActionKind, Comment, ImprovementAction
from tests.cast import Cast


def action(db: Session, **changes: Any) -> ImprovementAction:
    """Bas made it for himself, and it is late since yesterday."""
    values: dict[str, Any] = {
        "location_id": Cast.town_hall,
        "title": "Eén nummer",
        "kind": ActionKind.CLEAR,
        "owner_id": Cast.bas,
        "created_by_id": Cast.bas,
        "due_on": today() - timedelta(days=1),
        "moved_at": now(),
    }
    made = ImprovementAction(**values | changes)
    db.add(made)
    db.flush()
    return made


def comment(db: Session, on: ImprovementAction, by: str, text: str) -> Comment:
    made = Comment(action_id=on.id, author_id=by, text=text)
    db.add(made)
    db.flush()
    people = queries.readers_at(db, queries.place_of(db, on))
    mentioning.keep(db, made, mentioning.named_in(text, people) - {by})
    return made
