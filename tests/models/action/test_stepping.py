import pytest

from app.errors import Conflict, Forbidden, NotFound
from app.models.action import stepping
from app.models.action.history import history
from app.models.action.schemas import StepDraft, StepMove
from tests.makers_action import raised, story


@pytest.fixture
def action(db, cast, actor):
    return raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))


def put_down(db, action, by, *texts):
    return [stepping.add(db, action, StepDraft(what=text), by=by) for text in texts]


def texts(db, action):
    return [step.text for step in stepping.steps_of(db, action.id)]


def test_carla_puts_steps_down_in_order_and_a_double_tap_puts_one_down(db, cast, actor, action):
    carla, twice = actor(cast.carla), StepDraft(what="Vraag het na")
    for _ in range(2):
        stepping.add(db, action, twice, by=carla)
    put_down(db, action, carla, "Hang een bord op")
    assert texts(db, action) == ["Vraag het na", "Hang een bord op"]


def test_a_step_is_ticked_once_and_can_be_opened_again(db, cast, actor, action):
    bas = actor(cast.bas)
    (step,) = put_down(db, action, bas, "Vraag het na")
    for _ in range(2):
        stepping.tick(db, action, step, done=True, by=bas)
    assert step.done_by_id == cast.bas
    stepping.tick(db, action, step, done=False, by=bas)
    assert step.done_at is None
    verbs = [event.verb for event in history(db, action)]
    assert (verbs.count("action.step_done"), verbs.count("action.step_undone")) == (1, 1)


def test_steps_are_put_in_another_order_and_taken_away_once(db, cast, actor, action):
    bas = actor(cast.bas)
    a, _, c = put_down(db, action, bas, "a", "b", "c")
    for _ in range(2):
        stepping.move(db, action, c, StepMove(place=1), by=bas)
    assert texts(db, action) == ["c", "a", "b"]
    for _ in range(2):
        stepping.remove(db, action, a.id, by=bas)
    assert texts(db, action) == ["c", "b"]


def test_eva_ticks_nothing_and_a_step_of_another_action_is_not_there(db, cast, actor, action):
    (step,) = put_down(db, action, actor(cast.bas), "a")
    with pytest.raises(Forbidden):
        stepping.tick(db, action, step, done=True, by=actor(cast.eva))
    other = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    with pytest.raises(NotFound):
        stepping.get(db, other, step.id)
    with pytest.raises(Conflict):
        stepping.add(db, other, StepDraft(id=step.id, what="a"), by=actor(cast.bas))
