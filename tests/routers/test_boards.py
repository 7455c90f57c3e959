import pytest

from app.models.action.table import ImprovementAction, Step
from tests.makers_action import many, raised, story

pytestmark = pytest.mark.phone


@pytest.fixture
def action(db, cast, actor):
    made = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    return made


def step_of(db, action):
    db.expire_all()
    step = db.get_one(ImprovementAction, action.id).step
    db.commit()
    return step


def test_a_board_that_is_kept_stands_above_the_board_and_is_the_one_in_sight(as_user, cast, action):
    carla = as_user(cast.carla)
    offered = carla.get("/actions?signal=unowned").text
    assert "/actions/boards/new?back=signal%3Dunowned" in offered
    data = {"name": "Zonder naam", "back": "signal=unowned", "shared_at_id": cast.town_hall}
    assert carla.post("/actions/boards", data=data).headers["location"] == "/actions?signal=unowned"
    page = as_user(cast.bas).get("/actions?signal=unowned").text
    assert '<a class="chip" href="/actions?signal=unowned" aria-current="page">Zonder naam</a>' in page
    assert "Zonder naam" not in as_user(cast.dirk).get("/actions").text


def test_only_the_columns_that_were_touched_come_back(as_user, cast, action):
    page = as_user(cast.bas).get(f"/actions/columns?ids={action.id}&touched=done").text
    assert 'id="col-new"' in page
    assert 'id="col-done"' in page
    assert 'id="col-doing"' not in page
    assert "<html" not in page
    there = as_user(cast.dirk).get(f"/actions/columns?ids={action.id}&touched=new").text
    assert action.title not in there


def test_the_stream_says_it_is_there_and_asks_no_proxy_to_wait(as_user, cast):
    answer = as_user(cast.bas).get("/actions/live?seconds=0&since=onzin")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-accel-buffering"] == "no"
    assert "no-store" in answer.headers["cache-control"]
    assert "event: ready" in answer.text


def test_several_cards_go_at_once_without_script(as_user, cast, db, action):
    bas = as_user(cast.bas)
    assert f'value="{action.id}:1" form="bulk"' in bas.get("/actions?pick=1").text
    data = {"cards": [f"{action.id}:1"], "step": "doing", "owner_id": cast.carla, "back": "kind=clear&pick=1"}
    answer = bas.post("/actions/arrangement", data=data)
    assert answer.headers["location"] == "/actions?kind=clear&step=doing"
    assert step_of(db, action) == Step.DOING
    late = bas.post("/actions/arrangement", data=data | {"step": "done"})
    assert late.status_code == 409
    assert "wijzigde dit net" in late.text
    assert action.title in late.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"step": "done"}, "Kies eerst een kaart."),
        ({"cards": "{id}:1"}, "Kies een stap of een naam."),
        ({"cards": "{id}:1", "step": "not_now"}, "Schrijf kort op waarom nu niet."),
    ],
)
def test_what_is_missing_is_said_and_the_ticks_stay(as_user, cast, action, data, words):
    filled = {name: value.format(id=action.id) for name, value in data.items()} | {"back": "pick=1"}
    answer = as_user(cast.bas).post("/actions/arrangement", data=filled)
    assert answer.status_code == 422
    assert words in answer.text
    assert ('form="bulk" checked' in answer.text) == ("cards" in data)


def test_mine_are_the_ones_i_own_on_every_board(as_user, cast, db, action):
    carla = as_user(cast.carla)
    assert action.title not in carla.get("/actions/mine").text
    carla.post(f"/actions/{action.id}/ownership")
    assert action.title in carla.get("/actions/mine").text
    assert action.title not in as_user(cast.bas).get("/actions/mine").text


def test_the_wall_has_no_side_bar_and_eva_sees_no_words_on_it(as_user, cast, db, action):
    many(db, cast.town_hall, 12)
    db.commit()
    page = as_user(cast.bas).get("/actions/wall").text
    assert 'class="side"' not in page
    assert "Stand-up Stadskantoor" in page
    assert "Ik wilde juist iemand spreken." in page
    assert "Ik wilde juist iemand spreken." not in as_user(cast.eva).get("/actions/wall").text
