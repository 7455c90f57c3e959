import re

import pytest
from sqlmodel import select

from app.clock import new_id
from app.models.rule.table import Rule, RuleNote
from tests.looking import look
from tests.makers_action import story
from tests.makers_rule import FEE, PICK, met_thrice


@pytest.fixture
def note(db, cast):
    made = story(db, cast.town_hall, cast.bas, FEE)
    db.commit()
    return made


@pytest.fixture
def rule(db, cast, actor, note):
    made = met_thrice(db, actor(cast.bas), note)
    db.commit()
    return made


def test_the_story_names_the_rule_and_proposes_what_else_may_be_one(as_user, cast, db, rule, note):
    other = story(db, cast.town_hall, cast.bas, FEE + " En ook: dat mag ik niet.")
    db.commit()
    bas = as_user(cast.bas)
    own = bas.get(f"/field-notes/{note.id}").text
    assert f"/rules/{rule.id}" in own
    assert "/rules/new?quote=" not in own
    page = bas.get(f"/field-notes/{other.id}").text
    assert "Regel in de weg?" in page
    assert page.count("/rules/new?quote=") == 2


def test_the_sentence_and_what_it_cost_are_filled_in_beforehand_for_carla_to_confirm(as_user, cast, db, rule):
    fresh = story(db, cast.town_hall, cast.bas, "Dat kost u € 12,50 en een kwartier.")
    db.commit()
    page = as_user(cast.carla).get(f"/field-notes/{fresh.id}/rules/new").text
    assert re.search(r'name="quote" value="story:0-35" checked', page)
    assert 'name="minutes" value="15"' in page
    assert 'name="euros" value="12,50"' in page
    assert f'<option value="{rule.id}"' in page
    assert look(select(RuleNote).where(RuleNote.note_id == fresh.id)) == []


def test_carla_names_a_rule_and_a_double_tap_makes_one(as_user, cast, note):
    sent = {
        "id": new_id(),
        "title": "Tarief voor hulp",
        "kind": "fee",
        "quote": PICK,
        "euros": "35",
        "rule_id": "",
    }
    carla = as_user(cast.carla)
    answers = [carla.post(f"/field-notes/{note.id}/rules", data=sent) for _ in range(2)]
    assert {a.headers["location"] for a in answers} == {f"/rules/{sent['id']}"}
    (link,) = look(select(RuleNote))
    assert (link.cents, link.minutes, link.room) == (3_500, None, None)
    assert len(look(select(Rule))) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Vul dit in."),
        ("title", "x", "Dit is te kort"),
        ("quote", "", "Kies de zin waarin de regel zit."),
        ("quote", "story:0-4000", "Deze zin staat niet meer in het verhaal."),
        ("euros", "veel", "Vul een bedrag in"),
        ("minutes", "lang", "Vul een heel getal in."),
        ("minutes", "-4", "Vul minstens 0 in."),
        ("rule_id", "nergens", "Kies iets uit de lijst."),
        ("room", "misschien", "Kies iets uit de lijst."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(as_user, cast, note, field, value, words):
    sent = {"id": new_id(), "title": "Tarief", "view": "Wij schamen ons", "quote": PICK} | {field: value}
    answer = as_user(cast.carla).post(f"/field-notes/{note.id}/rules", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Wij schamen ons" in answer.text
    assert look(select(Rule)) == []


def test_what_a_customer_told_is_there_to_be_corrected(as_user, cast, rule, note):
    carla = as_user(cast.carla)
    page = carla.get(f"/field-notes/{note.id}/rules/new?rule={rule.id}").text
    assert f'value="{PICK}" checked' in page
    assert f'<option value="{rule.id}" selected' in page
    assert 'name="minutes" value="10"' in page
    assert 'value="lacking" checked' in page
    assert f"/rules/{rule.id}/notes/{note.id}/removal" in page
    sent = {"rule_id": rule.id, "quote": PICK, "minutes": "12", "euros": "35", "room": "lacking"}
    assert carla.post(f"/field-notes/{note.id}/rules", data=sent).status_code == 303
    assert "27 minuten bij 2 van 3 klanten" in carla.get(f"/rules/{rule.id}").text


def test_what_only_sounds_like_a_rule_is_put_aside_with_one_tap(as_user, cast, db):
    note = story(db, cast.town_hall, cast.bas, "Ik moest lachen. Daar moet ik 35 euro voor rekenen, zei ze.")
    db.commit()
    carla = as_user(cast.carla)
    [pick] = re.findall(r'name="quote" value="([^"]+)"', carla.get("/rules").text)
    sent = {"quote": pick, "from_register": "true"}
    for _ in range(2):
        answer = carla.post(f"/field-notes/{note.id}/rules/dismissal", data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, "/rules#maybe")
    assert "Geen regel" not in carla.get("/rules").text
    assert pick not in carla.get(f"/field-notes/{note.id}").text
    assert (
        carla.post(f"/field-notes/{note.id}/rules/dismissal", data={"quote": "story:0-3"}).status_code == 404
    )
    named = carla.post(
        f"/field-notes/{note.id}/rules", data={"title": "35 euro", "kind": "fee", "quote": pick}
    )
    assert named.status_code == 303
