from datetime import timedelta

import pytest

from app.clock import now
from app.errors import Invalid
from app.models.access import Role
from app.models.action import commenting, mentioning, watching
from app.models.action.schemas import CommentDraft
from app.models.user.table import Membership, User
from tests.makers_action import raised, story


@pytest.fixture
def action(db, cast, actor):
    return raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))


def said(db, action, by, text, **more):
    return commenting.comment(db, action, CommentDraft(text=text, **more), by=by)


def named(db, user_id, since=None):
    return [one.by for one in mentioning.mentions_of(db, user_id, since)]


def test_who_is_named_hears_of_it_until_they_saw_it(db, cast, actor, action):
    said(db, action, actor(cast.bas), "Kun jij dit, @Carla? En @eva visser, lees je mee?")
    assert (named(db, cast.carla), named(db, cast.eva)) == (["Bas de Wit"], ["Bas de Wit"])
    assert named(db, cast.carla, now() + timedelta(minutes=1)) == []
    for _ in range(2):
        mentioning.seen(db, action, by=actor(cast.carla))
    assert (named(db, cast.carla), len(named(db, cast.eva))) == ([], 1)


def test_only_who_may_see_the_action_can_be_named(db, cast, actor, action):
    said(db, action, actor(cast.bas), "Vraag het @Dirk, of mail bas@carla.nl en @Anna")
    assert [named(db, person) for person in (cast.dirk, cast.anna, cast.carla)] == [[], [], []]
    with pytest.raises(Invalid):
        said(db, action, actor(cast.bas), "Zie dit", mention_ids=[cast.dirk])


def test_nobody_names_themselves_and_the_same_comment_names_once(db, cast, actor, action):
    draft = CommentDraft(text="@Bas, @Carla", mention_ids=[cast.carla])
    for _ in range(2):
        commenting.comment(db, action, draft, by=actor(cast.bas))
    assert (named(db, cast.bas), len(named(db, cast.carla))) == ([], 1)


def test_a_first_name_of_two_people_is_asked_again(db, cast, actor, action):
    other = User(email="carla2@klantsafari.example", name="Carla Jansen")
    db.add(other)
    db.flush()
    db.add(Membership(user_id=other.id, role=Role.MEMBER, location_id=cast.town_hall))
    db.flush()
    with pytest.raises(Invalid) as wrong:
        said(db, action, actor(cast.bas), "@Carla, doe jij dit?")
    assert wrong.value.fields["text"] == ("comment.which_one", {"name": "Carla"})
    said(db, action, actor(cast.bas), "@Carla Jansen, doe jij dit?")
    assert (named(db, cast.carla), named(db, other.id)) == ([], ["Bas de Wit"])


def test_followers_are_those_who_may_see_it_still(db, cast, actor, action):
    for _ in range(2):
        watching.follow(db, action, by=actor(cast.eva))
    watching.follow(db, action, by=actor(cast.carla))
    db.get(User, cast.carla).disabled_at = now()
    db.flush()
    assert [one.id for one in watching.watchers_of(db, action)] == [cast.eva]
    for _ in range(2):
        watching.unfollow(db, action, by=actor(cast.eva))
    assert watching.watchers_of(db, action) == []
