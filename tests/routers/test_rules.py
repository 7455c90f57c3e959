import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import new_id, today
from app.models.action.table import Evidence, ImprovementAction
from app.models.rule.table import Decision, Rule, RuleNote
from tests.looking import look
from tests.makers_action import raised, story
from tests.makers_rule import FEE, PICK, decided, met, named

SAID = "moet ik 35 euro voor rekenen"


@pytest.fixture
def note(db, cast):
    made = story(db, cast.town_hall, cast.bas, FEE)
    db.commit()
    return made


@pytest.fixture
def rule(db, cast, actor, note):
    bas = actor(cast.bas)
    made = named(db, bas, cast.town_hall, view="We schamen ons.", owner_id=cast.carla)
    met(db, bas, made, note, minutes=10, euros="35", room="lacking")
    met(db, bas, made, story(db, cast.town_hall, cast.bas, FEE), minutes=15)
    met(db, bas, made, story(db, cast.town_hall, cast.bas, FEE))
    db.commit()
    return made


def test_the_register_shows_what_a_rule_costs_and_for_how_many_that_is_known(as_user, cast, rule):
    page = as_user(cast.carla).get("/rules").text
    for words in ("35 euro voor hulp", "3 klanten", "25 minuten bij 2 van 3 klanten", "bij 1 van 3 klanten"):
        assert words in page
    assert "€\u00a035" in page
    assert "Nog niet besloten" in page
    assert "Carla Smit" in page


def test_the_page_of_a_rule_has_its_words_marked_and_a_way_to_each_story(as_user, cast, rule, note):
    page = as_user(cast.carla).get(f"/rules/{rule.id}").text
    assert page.count(f"<mark>{SAID}</mark>") == 3
    assert f"/field-notes/{note.id}" in page
    assert "We schamen ons." in page
    assert "Ontbrak bij 1 van 3 klanten" in page


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


def test_eva_sees_what_it_costs_and_no_customers_words(as_user, cast, rule):
    eva = as_user(cast.eva)
    listed = eva.get("/api/v1/rules").json()["items"][0]
    pages = [eva.get("/rules").text, eva.get(f"/rules/{rule.id}").text]
    for page in pages:
        assert SAID not in page
        assert "25 minuten bij 2 van 3 klanten" in page
        assert "/field-notes/" not in page
        assert "/rules/new" not in page
    assert "andere rol" in pages[1]
    assert "Neem een besluit" not in pages[1]
    assert (listed["toll"]["customers"], listed["toll"]["minutes"], listed["met"]) == (3, 25, [])


def test_another_place_is_not_there_and_anna_has_no_register(as_user, cast, rule):
    dirk = as_user(cast.dirk)
    assert rule.title not in dirk.get("/rules").text
    for path in ("", "/edit", "/actions/new"):
        assert dirk.get(f"/rules/{rule.id}{path}").status_code == 404
    assert as_user(cast.anna).get("/rules").status_code == 403


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


def test_a_rule_whose_day_has_come_is_first(as_user, cast, db, actor, rule):
    other = named(db, actor(cast.bas), cast.town_hall, "Een oude regel")
    decided(db, actor(cast.bas), other, "explain")
    other.look_again_on = today()
    db.commit()
    page = as_user(cast.bas).get("/rules").text
    assert "Kijk opnieuw" in page
    assert page.index("Een oude regel") < page.index("35 euro voor hulp")


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


def test_a_rule_can_be_named_without_a_story(as_user, cast):
    bas, sent = (
        as_user(cast.bas),
        {"id": new_id(), "location_id": cast.town_hall, "title": "Eerst een formulier"},
    )
    assert cast.town_hall in bas.get("/rules/new").text
    for _ in range(2):
        assert bas.post("/rules", data=sent).headers["location"] == f"/rules/{sent['id']}"
    assert "Nog geen verhaal." in bas.get(f"/rules/{sent['id']}").text
    elsewhere = bas.post("/rules", data=sent | {"id": new_id(), "location_id": cast.branch})
    assert (elsewhere.status_code, "Kies iets uit de lijst." in elsewhere.text) == (422, True)


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


def test_a_customer_is_taken_off_a_rule(as_user, cast, rule, note):
    carla = as_user(cast.carla)
    for _ in range(2):
        assert carla.post(f"/rules/{rule.id}/notes/{note.id}/removal").status_code == 303
    assert "15 minuten bij 1 van 2 klanten" in carla.get(f"/rules/{rule.id}").text


def test_the_register_is_narrowed_by_its_address_and_says_when_it_is_empty(as_user, cast, rule):
    bas = as_user(cast.bas)
    assert rule.title in bas.get(f"/rules?location={cast.town_hall}&decision=").text
    assert "Geen regel past bij dit filter." in bas.get("/rules?decision=scrap").text
    assert bas.get("/rules?decision=onzin").status_code == 422
    assert "Nog geen regels." in as_user(cast.dirk).get("/rules").text
    assert "35 euro voor hulp" not in as_user(cast.dirk).get("/rules").text


def test_markup_in_a_name_or_a_story_stays_text(as_user, cast, db, actor):
    bas = actor(cast.bas)
    rule = named(db, bas, cast.town_hall, "<b>Vet</b>", view="<i>schuin</i>")
    met(db, bas, rule, story(db, cast.town_hall, cast.bas, "<script>dat mag ik niet</script>"), "story:0-32")
    db.commit()
    for path in ("/rules", f"/rules/{rule.id}", f"/rules/{rule.id}/edit", f"/rules/{rule.id}/actions/new"):
        page = as_user(cast.bas).get(path).text
        assert "<b>Vet" not in page
        assert "<i>schuin" not in page
        assert "<script>dat" not in page


def test_the_api_names_changes_and_decides(as_user, cast, note):
    bas, sent = (
        as_user(cast.bas),
        {"id": new_id(), "location_id": cast.town_hall, "title": "Tarief", "kind": "fee"},
    )
    made = [bas.post("/api/v1/rules", json=sent) for _ in range(2)]
    assert [a.status_code for a in made] == [201, 201]
    assert made[0].json() == made[1].json()
    url = f"/api/v1/rules/{sent['id']}"
    heard = bas.post(
        f"{url}/notes", json={"note_id": note.id, "quote": PICK, "euros": 12.5, "room": "lacking"}
    )
    assert heard.json()["toll"] == {
        "customers": 1, "minutes": 0, "minutes_known": 0, "cents": 1250, "cents_known": 1, "used": 0, "lacking": 1,
    }  # fmt: skip
    (one,) = heard.json()["met"]
    assert one["quote"][one["mark_start"] : one["mark_end"]] == SAID
    changed = bas.patch(url, json={"version": 1, "title": "Hulptarief"}).json()
    assert (changed["title"], changed["kind"], changed["version"]) == ("Hulptarief", "fee", 2)
    assert bas.patch(url, json={"version": 1, "title": "Iets anders"}).status_code == 409
    refused = bas.post(f"{url}/decision", json={"decision": "keep", "version": 2})
    assert refused.json()["error"]["fields"]["reason"]["code"] == "rule.reason_missing"
    assert (
        bas.post(f"{url}/decision", json={"decision": "scrap", "version": 2}).json()["decision"]
        == Decision.SCRAP
    )
    assert as_user(cast.dirk).get(url).status_code == 404


def test_the_api_goes_through_all_rules_page_by_page(as_user, cast, db, actor):
    ids = [named(db, actor(cast.bas), cast.town_hall, f"Regel {n}").id for n in range(5)]
    db.commit()
    bas, found, cursor = as_user(cast.bas), [], ""
    while cursor is not None:
        page = bas.get("/api/v1/rules", params={"limit": 2, "cursor": cursor}).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert sorted(found) == sorted(ids)


def test_looking_changes_nothing(as_user, cast, rule):
    bas = as_user(cast.bas)
    for path in ("/rules", f"/rules/{rule.id}", f"/rules/{rule.id}/edit", f"/rules/{rule.id}/actions/new"):
        assert bas.get(path).status_code == 200
    assert [found.version for found in look(select(Rule))] == [1]
    assert look(select(ImprovementAction)) == []
