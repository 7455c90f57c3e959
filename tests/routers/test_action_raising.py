import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import new_id, today
from app.models.action.table import Evidence, ImprovementAction
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from tests.makers_action import FIRST, SECOND, raised, story


@pytest.fixture
def note(db, cast):
    made = story(db, cast.town_hall, cast.bas)
    tag = db.exec(select(Tag)).first()
    spans = [{"field": "story", "start": 37, "end": 57}]
    state = TaggingState.SUGGESTED
    db.add(Tagging(note_id=made.id, tag_id=tag.id, state=state, origin="lexicon", spans=spans))
    db.commit()
    return made


def form(**fields):
    action = {
        "id": new_id(),
        "title": "Minder doorverwijzen",
        "kind": "clear",
        "room": "own",
        "quotes": [SECOND],
    }
    return action | fields


def checked(page):
    return re.findall(r'name="quotes" value="([^"]+)" checked', page)


def test_the_story_is_there_in_sentences_and_the_labelled_one_is_chosen(as_user, cast, note):
    page = as_user(cast.carla).get(f"/field-notes/{note.id}/actions/new").text
    assert checked(page) == [SECOND]
    assert "<mark>juist iemand spreken</mark>" in page
    assert page.count('name="quotes"') == 3


def test_another_label_chooses_its_own_words(as_user, cast, note):
    page = as_user(cast.carla).get(f"/field-notes/{note.id}/actions/new?tag={new_id()}").text
    assert checked(page) == [FIRST]


def test_carla_makes_an_action_and_a_double_tap_makes_one(as_user, cast, db, note):
    carla, sent = as_user(cast.carla), form(team_ids=[cast.counter_team], due_on=str(today()))
    answers = [carla.post(f"/field-notes/{note.id}/actions", data=sent) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    (action,) = db.exec(select(ImprovementAction)).all()
    assert answers[0].headers["location"] == f"/actions/{action.id}"
    (quote,) = db.exec(select(Evidence)).all()
    assert quote.quote == "Ik wilde juist iemand spreken."


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Vul dit in."),
        ("kind", "", "Vul dit in."),
        ("due_on", str(today() - timedelta(days=1)), "Deze dag is al voorbij."),
        ("due_on", "morgen", "Vul een datum in"),
        ("quotes", [], "Kies minstens één zin."),
        ("quotes", ["story:0-4000"], "Deze zin staat niet meer in het verhaal."),
        ("owner_id", "nobody", "Kies iets uit de lijst."),
        ("room", "waiting", "Vul in op wie het team wacht."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(as_user, cast, db, note, field, value, words):
    sent = form(description="Met z’n tweeën") | {field: value}
    answer = as_user(cast.carla).post(f"/field-notes/{note.id}/actions", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Met z’n tweeën" in answer.text
    assert sent["id"] in answer.text
    assert not db.exec(select(ImprovementAction)).all()


def test_dirk_and_eva_do_not_find_the_story(as_user, cast, note):
    assert as_user(cast.dirk).get(f"/field-notes/{note.id}/actions/new").status_code == 404
    assert as_user(cast.dirk).post(f"/field-notes/{note.id}/actions", data=form()).status_code == 404
    assert as_user(cast.eva).post(f"/field-notes/{note.id}/actions", data=form()).status_code == 403


def test_a_story_joins_an_action_that_is_there(as_user, cast, db, actor, note):
    action = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    carla = as_user(cast.carla)
    assert action.title in carla.get(f"/field-notes/{note.id}/actions/new").text
    sent = {"action_id": action.id, "quotes": [FIRST]}
    answer = carla.post(f"/field-notes/{note.id}/evidence", data=sent)
    assert answer.headers["location"] == f"/actions/{action.id}"
    assert "2 klanten" in carla.get("/actions").text


def test_joining_nothing_is_said_at_the_field(as_user, cast, db, actor, note):
    raised(db, actor(cast.bas), note)
    db.commit()
    answer = as_user(cast.carla).post(f"/field-notes/{note.id}/evidence", data={"quotes": [FIRST]})
    assert (answer.status_code, "Vul dit in." in answer.text) == (422, True)


def test_a_story_without_words_can_still_become_an_action(as_user, cast, db):
    silent = story(db, cast.town_hall, cast.bas, "")
    db.commit()
    carla = as_user(cast.carla)
    assert "geen woorden" in carla.get(f"/field-notes/{silent.id}/actions/new").text
    assert carla.post(f"/field-notes/{silent.id}/actions", data=form(quotes=[])).status_code == 303
