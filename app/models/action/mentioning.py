"""Who is named in a comment, and whether they saw it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from app.clock import now
from app.errors import Invalid
from app.models.access import Actor
from app.models.action import queries
from app.models.action.extra_table import Mention
from app.models.action.table import Comment, ImprovementAction
from app.models.record import put_new
from app.models.user.actors import actor_for
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Named:
    """`by` wrote the comment at the action in which this person is named."""

    mention: Mention
    comment: Comment
    action: ImprovementAction
    by: str


def named_in(text: str, people: Iterable[User]) -> set[str]:
    """The ids of those who stand in the text as @Carla or @Carla Smit. Invalid when a first name is of several."""
    found: set[str] = set()
    first_names: dict[str, list[str]] = {}
    rest = text
    for person in sorted(people, key=lambda one: -len(one.name)):
        rest, times = _taken(rest, person.name)
        if times:
            found.add(person.id)
        first_names.setdefault(person.name.split()[0].lower(), []).append(person.id)
    for name, ids in first_names.items():
        rest, times = _taken(rest, name)
        if times and len(ids) > 1 and not found & set(ids):
            raise Invalid({"text": ("comment.which_one", {"name": name.title()})})
        if times and len(ids) == 1:
            found.add(ids[0])
    return found


def _taken(text: str, name: str) -> tuple[str, int]:
    return re.subn(rf"(?<!\w)@{re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)


def to_name(
    db: Session, action: ImprovementAction, text: str, chosen: Iterable[str], *, by: Actor
) -> set[str]:
    """Only who may see the action; nobody names themselves."""
    people = queries.readers_at(db, queries.place_of(db, action))
    wanted = set(chosen)
    if wanted - {person.id for person in people}:
        raise Invalid({"mention_ids": "field.unknown_choice"})
    return (wanted | named_in(text, people)) - {by.id}


def keep(db: Session, comment: Comment, user_ids: Iterable[str]) -> None:
    at = now()
    rows = [{"comment_id": comment.id, "user_id": one, "created_at": at} for one in sorted(user_ids)]
    put_new(db, Mention, rows)


def mentions_of(db: Session, user_id: str, since: datetime | None = None) -> Sequence[Named]:
    """What they were named in and did not see yet, where they may see it still; the oldest first."""
    person = db.get(User, user_id)
    if person is None or person.disabled_at:
        return []
    return unseen(db, actor_for(db, person), since)


def unseen(db: Session, actor: Actor, since: datetime | None = None) -> Sequence[Named]:
    """As `mentions_of`, for who asks it themselves."""
    visible = queries.visible_to(actor).with_only_columns(col(ImprovementAction.id))
    wanted = (
        select(Mention, Comment, ImprovementAction, User.name)
        .join(Comment, col(Comment.id) == col(Mention.comment_id))
        .join(ImprovementAction, col(ImprovementAction.id) == col(Comment.action_id))
        .join(User, col(User.id) == col(Comment.author_id))
        .where(
            Mention.user_id == actor.id,
            col(Mention.seen_at).is_(None),
            col(ImprovementAction.id).in_(visible),
        )
    )
    if since:
        wanted = wanted.where(Mention.created_at >= since)
    rows = db.exec(wanted.order_by(col(Mention.created_at), col(Mention.comment_id)))
    return [Named(mention, comment, action, name) for mention, comment, action, name in rows]


def seen(db: Session, action: ImprovementAction, *, by: Actor) -> None:
    """All that named this person at the action."""
    here = select(Comment.id).where(Comment.action_id == action.id)
    mine = col(Mention.user_id) == by.id, col(Mention.comment_id).in_(here), col(Mention.seen_at).is_(None)
    db.exec(update(Mention).where(*mine).values(seen_at=now()))
