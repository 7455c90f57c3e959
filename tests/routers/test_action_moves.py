import pytest

from app.models.action.table import ImprovementAction
from tests.makers_action import raised, story

HTMX = {"hx-request": "true"}


@pytest.fixture
def action(db, cast, actor):
    made = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    return made


def step_of(db, action):
    db.expire_all()
    step = db.get(ImprovementAction, action.id).step
    db.commit()
    return step


def move(browser, action, step, *, headers=None, **fields):
    data = {"step": step, "version": "1", "from": "new"} | fields
    return browser.post(f"/actions/{action.id}/placement", data=data, headers=headers or {})


def test_without_script_a_move_ends_on_the_board_at_the_card(as_user, cast, db, action):
    answer = move(as_user(cast.carla), action, "doing", back="kind=clear")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/actions?kind=clear&step=doing#action-{action.id}"
    assert step_of(db, action) == "doing"


def test_from_its_own_page_a_move_ends_there(as_user, cast, action):
    answer = move(as_user(cast.carla), action, "doing", back="page")
    assert answer.headers["location"] == f"/actions/{action.id}"


@pytest.mark.parametrize("back", ["https://elders.example", "//elders.example", "step=onzin"])
def test_no_address_from_outside_is_followed(as_user, cast, action, back):
    answer = move(as_user(cast.carla), action, "doing", back=back)
    assert answer.headers["location"] == f"/actions?step=doing#action-{action.id}"


def test_with_script_the_two_touched_columns_come_back(as_user, cast, action):
    answer = move(as_user(cast.carla), action, "doing", headers=HTMX).text
    assert 'id="col-new"' in answer
    assert 'id="col-doing"' in answer
    assert 'id="col-done"' not in answer
    assert "Verplaatst naar Mee bezig." in answer


def test_a_quiet_step_comes_back_as_its_rail(as_user, cast, action):
    answer = move(as_user(cast.carla), action, "told", headers=HTMX).text
    assert 'class="rail" id="col-told"' in answer


def test_two_browsers_move_one_card(as_user, cast, db, action):
    assert move(as_user(cast.carla), action, "chosen").status_code == 303
    clash = move(as_user(cast.bas), action, "doing", headers=HTMX)
    assert clash.status_code == 409
    assert "Carla verplaatste dit net. Bekijk opnieuw." in clash.text
    assert all(f'id="col-{step}"' in clash.text for step in ("new", "chosen", "doing"))
    plain = move(as_user(cast.bas), action, "doing")
    assert plain.status_code == 409
    assert 'name="version" value="2"' in plain.text
    assert step_of(db, action) == "chosen"


def test_sending_a_move_twice_is_fine(as_user, cast, db, action):
    carla = as_user(cast.carla)
    assert [move(carla, action, "done").status_code for _ in range(2)] == [303, 303]


def test_nu_niet_asks_why_and_keeps_the_sheet_open(as_user, cast, db, action):
    carla = as_user(cast.carla)
    for headers in ({}, HTMX):
        answer = move(carla, action, "not_now", headers=headers)
        assert answer.status_code == 422
        assert "Schrijf kort op waarom nu niet." in answer.text
    assert step_of(db, action) == "new"
    assert move(carla, action, "not_now", reason="Pas na de verbouwing").status_code == 303
    assert "Pas na de verbouwing" in carla.get("/actions?step=not_now").text


@pytest.mark.parametrize("wrong", [{"step": "ergens"}, {"version": "x"}, {"step": ""}])
def test_nonsense_is_refused_without_a_crash(as_user, cast, db, action, wrong):
    fields = {"step": "doing"} | wrong
    assert move(as_user(cast.carla), action, **fields).status_code == 422
    assert step_of(db, action) == "new"


def test_eva_may_look_and_not_move(as_user, cast, db, action):
    assert move(as_user(cast.eva), action, "done").status_code == 403
    assert as_user(cast.eva).get(f"/actions/{action.id}/placement").status_code == 403
    assert step_of(db, action) == "new"


def test_the_sheet_is_a_page_without_script_and_a_fragment_with(as_user, cast, action):
    carla, url = as_user(cast.carla), f"/actions/{action.id}/placement?back=kind%3Dclear"
    assert "<html" in carla.get(url).text
    piece = carla.get(url, headers=HTMX).text
    assert "<html" not in piece
    assert piece.count('name="step" value') == 7
    assert 'value="kind=clear"' in piece
