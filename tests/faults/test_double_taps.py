"""Two taps at the same instant: the second is answered as the first, and only one thing is made."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlmodel import Session, select

from app.database import database
from app.models.access import Role
from app.models.action import commenting, raising
from app.models.action.schemas import CommentDraft
from app.models.action.table import ImprovementAction
from app.models.audit.table import AuditEntry
from app.models.field_note import tagging
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from app.models.user import managing, queries
from app.models.user.schemas import MembershipDraft
from app.models.user.table import Membership
from tests.looking import look
from tests.makers_action import draft, raised, story

TAPS = 6


def taps(do: Callable[[Session], Any]) -> set[Any]:
    """What each of several requests at once was answered."""
    start = Barrier(TAPS)

    def tap(_: int) -> Any:
        start.wait()
        with database().writing() as own:
            return do(own)

    with ThreadPoolExecutor(TAPS) as pool:
        return set(pool.map(tap, range(TAPS)))


def times(verb: str) -> int:
    return len(look(select(AuditEntry.id).where(AuditEntry.verb == verb)))


def test_carla_taps_make_action_twice_and_gets_the_same_action_twice(db, cast, actor):
    note, carla, wanted = story(db, cast.town_hall, cast.bas), actor(cast.carla), draft()
    db.commit()
    assert taps(lambda own: raising.raise_from(own, note, wanted, by=carla).id) == {wanted.id}
    assert times("action.raised") == 1


def test_carla_sends_a_comment_twice_and_it_stands_there_once(db, cast, actor):
    carla = actor(cast.carla)
    action = raised(db, carla, story(db, cast.town_hall, cast.bas))
    said = CommentDraft(text="Ik bel de balie.")
    db.commit()

    def tap(own):
        return commenting.comment(own, own.get_one(ImprovementAction, action.id), said, by=carla).id

    assert taps(tap) == {said.id}
    assert times("action.commented") == 1


def test_bas_adds_a_label_twice_and_the_story_has_it_once(db, cast, actor):
    note, bas = story(db, cast.town_hall, cast.bas), actor(cast.bas)
    tag_id = db.exec(select(Tag.id)).first()
    db.commit()
    states = taps(lambda own: tagging.add(own, note, tag_id, by=bas).state)
    assert states == {TaggingState.ACCEPTED}
    assert len(look(select(Tagging.id).where(Tagging.note_id == note.id))) == 1


def test_anna_gives_carla_a_role_twice_and_carla_has_it_once(db, cast, actor):
    anna, wanted = actor(cast.anna), MembershipDraft(role=Role.READER, location_id=cast.branch)
    carla = queries.get(db, anna, cast.carla)
    db.commit()
    assert taps(lambda own: managing.grant(own, carla, wanted, by=anna)) == {None}
    assert len(look(select(Membership.id).where(Membership.location_id == cast.branch))) == 2
    assert times("membership.granted") == 1
