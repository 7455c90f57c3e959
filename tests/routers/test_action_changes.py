import pytest

from app.clock import new_id
from app.models.action.table import ImprovementAction
from tests.makers_action import raised, story


@pytest.fixture
def action(db, cast, actor):
    made = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    return made


def form(**fields):
    return {"title": "Anders", "kind": "improve", "room": "own", "version": "1"} | fields


def test_carla_edits_and_sees_it(as_user, cast, action):
    carla = as_user(cast.carla)
    assert action.title in carla.get(f"/actions/{action.id}/edit").text
    assert carla.post(f"/actions/{action.id}", data=form()).status_code == 303
    page = carla.get(f"/actions/{action.id}").text
    assert "Anders" in page
    assert "Wijzigde: titel, soort" in page


def test_the_second_editor_keeps_what_was_typed_and_sees_what_changed(as_user, cast, db, action):
    as_user(cast.carla).post(f"/actions/{action.id}", data=form(title="Van Carla"))
    bas, typed = as_user(cast.bas), form(title="Van Bas", description="Mijn plan")
    clash = bas.post(f"/actions/{action.id}", data=typed)
    assert clash.status_code == 409
    for words in ("Carla wijzigde dit net.", "Titel: Van Carla", 'value="Van Bas"', "Mijn plan"):
        assert words in clash.text
    assert bas.post(f"/actions/{action.id}", data=typed | {"version": "2"}).status_code == 303
    db.expire_all()
    assert db.get(ImprovementAction, action.id).title == "Van Bas"


def test_a_title_is_needed_and_the_rest_is_kept(as_user, cast, action):
    answer = as_user(cast.carla).post(
        f"/actions/{action.id}", data=form(title="", description="Blijft staan")
    )
    assert answer.status_code == 422
    assert "Blijft staan" in answer.text


def test_a_comment_is_placed_once_and_an_empty_one_is_asked_again(as_user, cast, action):
    carla, said = as_user(cast.carla), {"id": new_id(), "text": "Morgen <b>beginnen</b> we."}
    for _ in range(2):
        answer = carla.post(f"/actions/{action.id}/comments", data=said)
        assert answer.headers["location"] == f"/actions/{action.id}#comment-{said['id']}"
    page = carla.get(f"/actions/{action.id}").text
    assert page.count("Morgen &lt;b&gt;beginnen&lt;/b&gt; we.") == 1
    empty = carla.post(f"/actions/{action.id}/comments", data={"text": " "})
    assert (empty.status_code, "Vul dit in." in empty.text) == (422, True)


def test_eva_writes_nothing(as_user, cast, action):
    eva = as_user(cast.eva)
    assert eva.get(f"/actions/{action.id}/edit").status_code == 403
    assert eva.post(f"/actions/{action.id}", data=form()).status_code == 403
    assert eva.post(f"/actions/{action.id}/comments", data={"text": "Hoi"}).status_code == 403
    assert eva.post(f"/actions/{action.id}/ownership").status_code == 403


def test_dirk_finds_nothing(as_user, cast, action):
    dirk = as_user(cast.dirk)
    assert dirk.post(f"/actions/{action.id}", data=form()).status_code == 404
    assert dirk.post(f"/actions/{action.id}/comments", data={"text": "Hoi"}).status_code == 404
    assert dirk.post(f"/actions/{action.id}/ownership").status_code == 404
