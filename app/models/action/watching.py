"""Who follows an action."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from app.models.access import Actor
from app.models.action import queries
from app.models.action.extra_table import Watcher
from app.models.action.table import ImprovementAction
from app.models.record import put_new
from app.models.user.table import User


def follow(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    put_new(db, Watcher, [{"action_id": action.id, "user_id": by.id}])


def unfollow(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    mine = col(Watcher.action_id) == action.id, col(Watcher.user_id) == by.id
    db.exec(delete(Watcher).where(*mine))


def watchers_of(db: Session, action: ImprovementAction) -> Sequence[User]:
    """Only who may see it still, by name."""
    following = set(db.exec(select(Watcher.user_id).where(Watcher.action_id == action.id)))
    if not following:
        return []
    people = queries.readers_at(db, queries.place_of(db, action))
    return [person for person in people if person.id in following]
