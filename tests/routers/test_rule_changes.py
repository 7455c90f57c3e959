from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import new_id, today
from app.models.action.table import Evidence
from tests.looking import look
from tests.makers_action import raised, story
from tests.makers_rule import FEE, met_thrice, named

SAID = "moet ik 35 euro voor rekenen"


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


def test_bas_decides_with_a_reason_and_a_day_to_look_again(as_user, cast, rule):
    bas, url = as_user(cast.bas), f"/rules/{rule.id}/decision"
    sent = {
        "decision": "keep",
        "reason": "",
        "look_again_on": str(today() + timedelta(days=30)),
        "version": "1",
    }
    refused = bas.post(url, data=sent)
    assert (refused.status_code, "Schrijf op waarom" in refused.text) == (422, True)
    assert str(today() + timedelta(days=30)) in refused.text
    for _ in range(2):
        assert bas.post(url, data=sent | {"reason": "Dat staat in de wet."}).status_code == 303
    page = bas.get(f"/rules/{rule.id}").text
    assert "Dat staat in de wet." in page
    assert page.count("Besloot: houden") == 1
    clash = as_user(cast.carla).post(url, data={"decision": "scrap", "version": "1"})
    assert (clash.status_code, "Bas wijzigde dit net." in clash.text) == (409, True)


def test_bas_changes_what_a_rule_is_and_who_is_in_charge(as_user, cast, rule):
    bas = as_user(cast.bas)
    assert "We schamen ons." in bas.get(f"/rules/{rule.id}/edit").text
    sent = {"title": "Het hulptarief", "kind": "fee", "view": "", "owner_id": cast.bas, "version": "1"}
    for _ in range(2):
        assert bas.post(f"/rules/{rule.id}", data=sent).status_code == 303
    page = bas.get(f"/rules/{rule.id}").text
    assert "Het hulptarief" in page
    assert "Bas de Wit" in page
    clash = as_user(cast.carla).post(f"/rules/{rule.id}", data=sent | {"title": "Iets anders"})
    assert (clash.status_code, "Titel: Het hulptarief" in clash.text) == (409, True)


def test_an_action_about_a_rule_is_linked_both_ways_with_the_words_as_evidence(as_user, cast, rule):
    carla = as_user(cast.carla)
    assert SAID in carla.get(f"/rules/{rule.id}/actions/new").text
    sent = {"id": new_id(), "title": "Haal het tarief weg", "kind": "clear", "room": "own"}
    for _ in range(2):
        answer = carla.post(f"/rules/{rule.id}/actions", data=sent)
        assert answer.headers["location"] == f"/actions/{sent['id']}"
    assert len(look(select(Evidence))) == 3
    page = carla.get(f"/actions/{sent['id']}").text
    assert "Hoort bij regel" in page
    assert f"/rules/{rule.id}" in page
    assert "Maakte deze actie van een regel in de weg" in page
    assert "Haal het tarief weg" in carla.get(f"/rules/{rule.id}").text


def test_an_action_that_is_there_is_linked_and_let_go(as_user, cast, db, actor, rule):
    action = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    carla = as_user(cast.carla)
    for _ in range(2):
        answer = carla.post(f"/rules/{rule.id}/links", data={"action_id": action.id})
        assert answer.headers["location"] == f"/rules/{rule.id}#actions"
    assert f"/links/{action.id}/removal" in carla.get(f"/rules/{rule.id}").text
    for _ in range(2):
        assert carla.post(f"/rules/{rule.id}/links/{action.id}/removal").status_code == 303
    assert "Hoort bij regel" not in carla.get(f"/actions/{action.id}").text
    nothing = carla.post(f"/rules/{rule.id}/links", data={"action_id": ""})
    assert (nothing.status_code, "Vul dit in." in nothing.text) == (422, True)


def test_two_names_for_one_rule_become_one_and_the_old_address_leads_there(as_user, cast, db, actor, rule):
    other = named(db, actor(cast.bas), cast.town_hall, "Hulptarief")
    db.commit()
    bas = as_user(cast.bas)
    itself = bas.post(f"/rules/{rule.id}/merger", data={"into_id": rule.id})
    assert (itself.status_code, "Dit is dezelfde regel. Kies een andere." in itself.text) == (422, True)
    for _ in range(2):
        answer = bas.post(f"/rules/{rule.id}/merger", data={"into_id": other.id})
        assert answer.headers["location"] == f"/rules/{other.id}"
    assert bas.get(f"/rules/{rule.id}").headers["location"] == f"/rules/{other.id}"
    page = bas.get("/rules").text
    assert "3 klanten" in page
    assert rule.title not in page
    circle = bas.post(f"/rules/{other.id}/merger", data={"into_id": rule.id})
    assert (circle.status_code, "Die andere regel is al bij deze gevoegd." in circle.text) == (409, True)


def test_a_customer_is_taken_off_a_rule(as_user, cast, rule, note):
    carla = as_user(cast.carla)
    for _ in range(2):
        assert carla.post(f"/rules/{rule.id}/notes/{note.id}/removal").status_code == 303
    assert "15 minuten bij 1 van 2 klanten" in carla.get(f"/rules/{rule.id}").text
