import re
from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import new_id, today
from app.models.action.table import ActionTeam, Evidence, ImprovementAction
from app.models.proposal.table import Proposal
from tests.makers_action import raised
from tests.makers_proposal import FEE, OTHERWISE, key_of, pick_of, said, the_fee

TITLE = "Kosten en tarieven: € 35, overboeking"


@pytest.fixture
def notes(db, cast):
    made = the_fee(db, cast.town_hall, cast.bas)
    db.commit()
    return made


def form(notes, **fields):
    return {
        "id": new_id(),
        "title": "Help zonder € 35",
        "kind": "clear",
        "room": "own",
        "quotes": [pick_of(note) for note in notes],
    } | fields


def test_the_card_says_who_says_what_where_and_since_when(as_user, cast, notes):
    page = as_user(cast.carla).get("/proposals").text
    assert TITLE in page
    assert "3 klanten zeggen dit op Stadskantoor, in 7 dagen" in re.sub(r"\s+", " ", page)
    assert "Kapmes" in page
    for note in notes:
        assert f"<mark>{note.answers['story']['value']}</mark>" in page
        assert f'href="/field-notes/{note.id}"' in page


def test_dirk_sees_nothing_of_it_and_eva_may_not_look(as_user, cast, notes):
    dirk = as_user(cast.dirk)
    assert TITLE not in dirk.get("/proposals").text
    assert TITLE not in dirk.get(f"/proposals?location={cast.town_hall}").text
    assert dirk.get(f"/proposals/{key_of(notes[0])}").status_code == 404
    assert as_user(cast.eva).get("/proposals").status_code == 403
    assert "/proposals" not in as_user(cast.eva).get("/today").text


def test_today_asks_afterwards_how_many_are_open_for_who_may_accept_them(as_user, cast, notes):
    carla, dirk = as_user(cast.carla), as_user(cast.dirk)
    assert 'hx-get="/proposals/waiting"' in carla.get("/today").text
    told = carla.get("/proposals/waiting").text
    assert "1 voorstel voor een actie" in told
    assert 'href="/proposals"' in told
    assert "<html" not in told
    assert dirk.get("/proposals/waiting").text.strip() == ""
    for who in (cast.eva, cast.anna):
        assert "/proposals" not in as_user(who).get("/today").text


def test_the_form_begins_with_a_title_a_kind_and_all_quotes(as_user, cast, notes):
    page = as_user(cast.bas).get(f"/proposals/{key_of(notes[0])}").text
    assert f'value="{TITLE}"' in page
    assert 'value="clear" checked' in page
    assert re.findall(r'name="quotes" value="([^"]+)" checked', page) == [pick_of(note) for note in notes]


def test_carla_makes_one_action_of_it_and_a_double_tap_makes_one(as_user, cast, db, notes):
    carla = as_user(cast.carla)
    sent = form(notes, owner_id=cast.carla, team_ids=[cast.counter_team], due_on=str(today()))
    answers = [carla.post(f"/proposals/{key_of(notes[0])}/acceptance", data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    (action,) = db.exec(select(ImprovementAction)).all()
    assert {answer.headers["location"] for answer in answers} == {f"/actions/{action.id}"}
    assert (action.title, action.owner_id, action.due_on) == ("Help zonder € 35", cast.carla, today())
    assert db.exec(select(ActionTeam.team_id)).all() == [cast.counter_team]
    assert "3 klanten" in carla.get(f"/actions/{action.id}").text
    assert TITLE not in carla.get("/proposals").text


def test_nothing_is_made_without_a_title_and_what_was_typed_stays(as_user, cast, db, notes):
    sent = form(notes[:1], title="", due_on=str(today() - timedelta(days=1)))
    answer = as_user(cast.bas).post(f"/proposals/{key_of(notes[0])}/acceptance", data=sent)
    assert answer.status_code == 422
    assert "Vul dit in." in answer.text
    assert re.findall(r'name="quotes" value="([^"]+)" checked', answer.text) == [pick_of(notes[0])]
    assert db.exec(select(ImprovementAction)).all() == []


def test_without_any_sentence_it_says_so(as_user, cast, db, notes):
    answer = as_user(cast.bas).post(f"/proposals/{key_of(notes[0])}/acceptance", data=form([]))
    assert answer.status_code == 422
    assert "Kies minstens één zin." in answer.text


def test_who_comes_second_reads_that_it_was_decided(as_user, cast, notes):
    url = f"/proposals/{key_of(notes[0])}/acceptance"
    as_user(cast.bas).post(url, data=form(notes))
    answer = as_user(cast.carla).post(url, data=form(notes))
    assert answer.status_code == 409
    assert "net al beslist" in answer.text


def test_a_near_action_is_offered_first_and_takes_all_quotes(as_user, cast, db, actor):
    first = said(db, cast.town_hall, cast.bas, "Een overboeking kost € 35.", days_ago=20)
    action = raised(db, actor(cast.bas), first, title="Overboeking zonder € 35", quotes=["story:0-26"])
    notes = the_fee(db, cast.town_hall, cast.bas)
    db.commit()
    bas = as_user(cast.bas)
    page = bas.get("/proposals").text
    assert "Hier loopt al een actie over:" in page
    assert "Zelfde woorden:" in page
    for _ in range(2):
        sent = bas.post(f"/proposals/{key_of(notes[0])}/merger", data={"action_id": action.id})
        assert sent.headers["location"] == f"/actions/{action.id}"
    assert len(db.exec(select(Evidence)).all()) == 4


def test_a_merger_with_an_action_that_is_not_there_is_none(as_user, cast, db, notes):
    answer = as_user(cast.bas).post(f"/proposals/{key_of(notes[0])}/merger", data={"action_id": new_id()})
    assert answer.status_code == 404
    assert as_user(cast.bas).post(f"/proposals/{key_of(notes[0])}/merger").status_code == 422


def test_not_now_asks_why_and_can_be_taken_back(as_user, cast, db, notes):
    bas, url = as_user(cast.bas), f"/proposals/{key_of(notes[0])}"
    refused = bas.post(f"{url}/rejection", data={"reason": ""})
    assert refused.status_code == 422
    assert "Vul dit in." in refused.text
    assert bas.post(f"{url}/rejection", data={"reason": "De raad beslist."}).status_code == 303
    page = bas.get("/proposals").text
    assert "1 voorstel staat op ‘nu niet’" in page
    assert "De raad beslist." in page
    assert "Maak actie" not in page
    assert bas.post(f"{url}/reconsideration").status_code == 303
    assert "Maak actie" in bas.get("/proposals").text
    assert db.exec(select(Proposal)).all() == []


def test_who_joins_after_not_now_brings_it_back(as_user, cast, db, notes):
    bas = as_user(cast.bas)
    bas.post(f"/proposals/{key_of(notes[0])}/rejection", data={"reason": "De raad beslist."})
    said(db, cast.town_hall, cast.bas, "Een overboeking voor € 35!")
    db.commit()
    assert "1 nieuwe klant sinds ‘nu niet’: De raad beslist." in bas.get("/proposals").text


def test_the_page_of_an_action_offers_a_fourth_with_one_tap(as_user, cast, db, notes):
    bas = as_user(cast.bas)
    where = bas.post(f"/proposals/{key_of(notes[0])}/acceptance", data=form(notes)).headers["location"]
    assert "Past hier misschien ook bij" not in bas.get(where).text
    fourth = said(db, cast.town_hall, cast.bas, OTHERWISE)
    db.commit()
    page = bas.get(where).text
    assert "Past hier misschien ook bij" in page
    assert OTHERWISE in page
    assert "Past bij een actie die al loopt" in bas.get("/proposals").text
    sent = {"action_id": where.rpartition("/")[2], "quotes": [f"story:0-{len(OTHERWISE)}"]}
    assert bas.post(f"/field-notes/{fourth.id}/evidence", data=sent).headers["location"] == where
    assert "4 klanten" in bas.get(where).text
    assert "Past hier misschien ook bij" not in bas.get(where).text
    assert OTHERWISE not in as_user(cast.eva).get(where).text


@pytest.mark.parametrize(
    ("customers", "days", "words"),
    [
        ("1", "60", "Vul minstens 2 in."),
        ("drie", "60", "Vul een heel getal in."),
        ("3", "9999", "Vul hooguit 366 in."),
    ],
)
def test_the_numbers_are_checked(as_user, cast, customers, days, words):
    bas = as_user(cast.bas)
    answer = bas.post("/settings/proposals", data={"customers": customers, "days": days})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{customers}"' in answer.text


def test_two_are_enough_once_anna_says_so(as_user, cast, db):
    for text in FEE[:2]:
        said(db, cast.town_hall, cast.bas, text)
    db.commit()
    anna = as_user(cast.anna)
    assert TITLE not in as_user(cast.bas).get("/proposals").text
    for _ in range(2):
        assert anna.post("/settings/proposals", data={"customers": "2", "days": "60"}).status_code == 303
    assert 'value="2"' in anna.get("/settings/proposals").text
    assert TITLE in as_user(cast.bas).get("/proposals").text


def test_as_json(as_user, cast, db, notes):
    bas, url = as_user(cast.bas), "/api/v1/proposals"
    (item,) = bas.get(url).json()["items"]
    assert (item["key"], item["title"], item["kind"]) == (key_of(notes[0]), TITLE, "clear")
    assert (item["customers"], item["days"], item["theme"], item["waits"]) == (3, 7, "kosten", False)
    assert bas.post(f"{url}/{item['key']}/rejection", json={"reason": "Nu niet."}).status_code == 204
    assert bas.get(url).json()["items"][0]["waits"]
    sent = {"id": new_id(), "title": "Help", "kind": "clear", "quotes": [q["pick"] for q in item["quotes"]]}
    made = [bas.post(f"{url}/{item['key']}/acceptance", json=sent) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert made[0].json()["customers"] == 3
    assert bas.get(url).json()["items"] == []


def test_as_json_into_an_action(as_user, cast, db, actor, notes):
    action = raised(
        db, actor(cast.bas), said(db, cast.town_hall, cast.bas, "Iets anders."), quotes=["story:0-12"]
    )
    db.commit()
    url = f"/api/v1/proposals/{key_of(notes[0])}/merger"
    made = as_user(cast.bas).post(url, json={"action_id": action.id})
    assert (made.status_code, made.json()["customers"]) == (201, 4)


def test_past_niet_takes_it_off_the_page_of_the_action(as_user, cast, db, notes):
    bas = as_user(cast.bas)
    where = bas.post(f"/proposals/{key_of(notes[0])}/acceptance", data=form(notes)).headers["location"]
    fourth = said(db, cast.town_hall, cast.bas, OTHERWISE)
    db.commit()
    assert f"/proposals/{key_of(fourth)}/exclusion" in bas.get(where).text
    sent = bas.post(f"/proposals/{key_of(fourth)}/exclusion", data={"action_id": where.rpartition("/")[2]})
    assert sent.headers["location"] == where
    assert "Past hier misschien ook bij" not in bas.get(where).text
    assert bas.post(f"/proposals/{key_of(fourth)}/exclusion", data={"action_id": new_id()}).status_code == 404
