from datetime import timedelta

import pytest

from app.clock import new_id, today
from app.errors import Conflict, Forbidden, Invalid
from app.models.action import changing, commenting, queries
from app.models.action.history import history
from app.models.action.schemas import ActionChanges, CommentDraft
from tests.makers_action import raised, story


@pytest.fixture
def action(db, cast, actor):
    return raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))


def changes(action, **fields):
    same = {"title": action.title, "kind": action.kind, "room": action.room, "version": action.version}
    return ActionChanges.model_validate(same | fields)


def test_carla_changes_what_it_says(db, cast, actor, action):
    wanted = changes(action, title="Minder wachten", team_ids=[cast.counter_team], due_on=today())
    changing.change(db, action, wanted, by=actor(cast.carla))
    assert (action.title, action.due_on, action.version) == ("Minder wachten", today(), 2)
    assert [team.id for team in queries.teams_of(db, action.id)] == [cast.counter_team]
    assert set(history(db, action)[-1].detail["fields"]) == {"title", "due_on", "team_ids"}


def test_saving_without_a_change_leaves_no_trace(db, cast, actor, action):
    changing.change(db, action, changes(action), by=actor(cast.carla))
    assert action.version == 1
    assert len(history(db, action)) == 1


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(db, cast, actor, action):
    second = changes(action, title="Van Bas")
    changing.change(db, action, changes(action, title="Van Carla"), by=actor(cast.carla))
    with pytest.raises(Conflict) as clash:
        changing.change(db, action, second, by=actor(cast.bas))
    assert (clash.value.code, clash.value.details["who"]) == ("action.changed_meanwhile", "Carla")
    assert action.title == "Van Carla"


def test_sending_the_same_changes_twice_is_fine(db, cast, actor, action):
    wanted = changes(action, title="Van Bas")
    for _ in range(2):
        changing.change(db, action, wanted, by=actor(cast.bas))
    assert action.version == 2


def test_a_date_that_passed_may_stay_but_not_be_chosen(db, cast, actor, action):
    action.due_on = today() - timedelta(days=2)
    db.flush()
    wanted = changes(action, title="Toch nog", due_on=action.due_on)
    changing.change(db, action, wanted, by=actor(cast.bas))
    with pytest.raises(Invalid):
        changing.change(db, action, changes(action, due_on=today() - timedelta(days=1)), by=actor(cast.bas))


def test_carla_picks_it_up_and_bas_is_too_late(db, cast, actor, action):
    for _ in range(2):
        changing.take(db, action, by=actor(cast.carla))
    assert action.owner_id == cast.carla
    with pytest.raises(Conflict) as late:
        changing.take(db, action, by=actor(cast.bas))
    assert late.value.details["who"] == "Carla Smit"


def test_a_comment_is_placed_once_and_stands_in_the_history(db, cast, actor, action):
    said = CommentDraft(id=new_id(), text="Morgen beginnen we.")
    for _ in range(2):
        commenting.comment(db, action, said, by=actor(cast.carla))
    assert [event.text for event in history(db, action) if event.verb == "comment"] == ["Morgen beginnen we."]


def test_eva_reads_and_changes_nothing(db, cast, actor, action):
    eva = actor(cast.eva)
    assert queries.get(db, eva, action.id) is action
    with pytest.raises(Forbidden):
        changing.take(db, action, by=eva)
    with pytest.raises(Forbidden):
        changing.change(db, action, changes(action), by=eva)
    with pytest.raises(Forbidden):
        commenting.comment(db, action, CommentDraft(text="Hallo"), by=eva)
