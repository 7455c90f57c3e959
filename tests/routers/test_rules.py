import pytest
from sqlmodel import select

from app.clock import new_id, today
from app.models.action.table import ImprovementAction
from app.models.rule.table import Rule
from tests.looking import look
from tests.makers_action import story
from tests.makers_rule import FEE, decided, met, met_thrice, named

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


def test_a_rule_whose_day_has_come_is_first(as_user, cast, db, actor, rule):
    other = named(db, actor(cast.bas), cast.town_hall, "Een oude regel")
    decided(db, actor(cast.bas), other, "explain")
    other.look_again_on = today()
    db.commit()
    page = as_user(cast.bas).get("/rules").text
    assert "Kijk opnieuw" in page
    assert page.index("Een oude regel") < page.index("35 euro voor hulp")


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


def test_looking_changes_nothing(as_user, cast, rule):
    bas = as_user(cast.bas)
    for path in ("/rules", f"/rules/{rule.id}", f"/rules/{rule.id}/edit", f"/rules/{rule.id}/actions/new"):
        assert bas.get(path).status_code == 200
    assert [found.version for found in look(select(Rule))] == [1]
    assert look(select(ImprovementAction)) == []
