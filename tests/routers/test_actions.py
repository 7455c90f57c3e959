import re

import pytest

from app.models.access import Role
from app.models.action.table import ImprovementAction, Step
from app.models.user.table import Membership
from tests.counting import counted_queries
from tests.makers_action import many, raised, story


@pytest.fixture
def action(db, cast, actor):
    made = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), owner_id=cast.carla)
    db.commit()
    return made


def test_the_board_shows_a_card_with_its_words(as_user, cast, action):
    page = as_user(cast.bas).get("/actions").text
    assert f'id="action-{action.id}"' in page
    assert "Ik wilde juist iemand spreken." in page
    assert "1 klant" in page
    assert f"/actions/{action.id}/placement" in page


def test_eva_reads_and_is_offered_no_change(as_user, cast, action):
    eva = as_user(cast.eva)
    page = eva.get("/actions").text
    assert action.title in page
    assert "/placement" not in page
    own = eva.get(f"/actions/{action.id}").text
    assert "/field-notes/" not in own
    assert "/edit" not in own


def test_eva_reads_what_is_done_and_for_how_many_but_no_customers_words(as_user, cast, action):
    eva = as_user(cast.eva)
    board, own = eva.get("/actions").text, eva.get(f"/actions/{action.id}").text
    listed = eva.get("/api/v1/actions").json()["items"][0]
    for page in (board, own, eva.get("/api/v1/actions").text, eva.get(f"/api/v1/actions/{action.id}").text):
        assert "Ik wilde juist iemand spreken." not in page
    for page in (board, own):
        assert action.title in page
        assert "1 klant" in page
    assert "Carla" in board
    assert "Wat klanten zeiden, lees je met een andere rol." in own
    assert "Nog geen verhaal" not in own
    assert (listed["title"], listed["customers"], listed["evidence"]) == (action.title, 1, [])
    assert "andere rol" not in as_user(cast.bas).get(f"/actions/{action.id}").text


def test_dirk_who_only_reads_along_here_reads_words_at_his_own_place_alone(as_user, db, cast, actor, action):
    db.add(Membership(user_id=cast.dirk, location_id=cast.town_hall, role=Role.READER))
    there = raised(
        db, actor(cast.dirk), story(db, cast.branch, cast.dirk, "Van de bank."), quotes=["story:0-12"]
    )
    db.commit()
    dirk = as_user(cast.dirk)
    board = dirk.get("/actions").text
    listed = {item["id"]: item["evidence"] for item in dirk.get("/api/v1/actions").json()["items"]}
    assert "‘Van de bank.’" in board
    assert "Ik wilde juist iemand spreken." not in board
    assert (len(listed[there.id]), listed[action.id]) == (1, [])


def test_another_place_is_not_there(as_user, cast, action):
    dirk = as_user(cast.dirk)
    assert action.title not in dirk.get("/actions").text
    for path in ("", "/edit", "/placement"):
        assert dirk.get(f"/actions/{action.id}{path}").status_code == 404
    assert (
        dirk.post(f"/actions/{action.id}/placement", data={"step": "done", "version": 1}).status_code == 404
    )


def test_anna_has_no_board(as_user, cast, action):
    assert as_user(cast.anna).get("/actions").status_code == 403
    assert as_user(cast.anna).get(f"/actions/{action.id}").status_code == 403


@pytest.mark.parametrize(
    "query", ["step=told", "kind=keep&team=", "location=&team=&kind=", "step=new&after=onzin"]
)
def test_the_address_of_the_board_may_say_what_to_show(as_user, cast, action, query):
    assert as_user(cast.bas).get(f"/actions?{query}").status_code == (422 if "onzin" in query else 200)


def test_the_filter_is_kept_in_every_link_of_the_board(as_user, cast, action):
    page = as_user(cast.bas).get("/actions?kind=clear&step=new").text
    assert "/actions?kind=clear&amp;step=doing" in page
    assert "back=kind%3Dclear%26step%3Dnew" in page
    assert action.title not in as_user(cast.bas).get("/actions?kind=keep").text


def test_toon_meer_brings_the_rest_of_a_column(as_user, cast, db):
    many(db, cast.town_hall, 6 * 70)
    db.commit()
    bas = as_user(cast.bas)
    page = bas.get("/actions?step=new").text
    more = re.search(r'href="(/actions\?step=new&amp;after=[^"]+)"', page)
    assert more
    url = more[1].replace("&amp;", "&")
    rest = bas.get(url, headers={"hx-request": "true"}).text
    assert rest.count("<article") == 20
    assert "<html" not in rest
    whole = bas.get(url).text
    assert whole.count("<article") == 20 + 3 * 50


def test_the_board_asks_as_often_for_300_cards_as_for_6(as_user, cast, db):
    bas, asked = as_user(cast.bas), []
    note = story(db, cast.town_hall, cast.bas)
    for number in (6, 300):
        many(db, cast.town_hall, number, quoting=note)
        db.commit()
        with counted_queries() as sent:
            assert bas.get("/actions").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1] <= 13


def test_the_page_of_an_action_tells_why_who_and_what_happened(as_user, cast, action):
    page = as_user(cast.bas).get(f"/actions/{action.id}").text
    for words in ("Carla Smit", "Ik wilde juist iemand spreken.", "Maakte deze actie van een verhaal"):
        assert words in page
    assert "/field-notes/" in page


def test_only_stories_of_my_own_places_can_begin_an_action(as_user, cast, db):
    here = story(db, cast.town_hall, cast.bas)
    there = story(db, cast.branch, cast.dirk, "Van de bank.")
    db.commit()
    page = as_user(cast.carla).get("/actions/new").text
    assert f"/field-notes/{here.id}/actions/new" in page
    assert there.id not in page


def test_one_tap_makes_it_mine(as_user, cast, db, actor):
    free = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    carla = as_user(cast.carla)
    assert "Dat doe ik" in carla.get(f"/actions/{free.id}").text
    assert carla.post(f"/actions/{free.id}/ownership").status_code == 303
    assert "Dat doe ik" not in carla.get(f"/actions/{free.id}").text
    late = as_user(cast.bas).post(f"/actions/{free.id}/ownership")
    assert (late.status_code, "Carla Smit pakte dit net op." in late.text) == (409, True)


def test_a_customers_markup_stays_text(as_user, cast, db, actor):
    note = story(db, cast.town_hall, cast.bas, "<b>Vet</b> & <script>alert(1)</script>")
    raised(db, actor(cast.bas), note, quotes=["story:0-10"], title="<img src=x>", step=Step.NEW)
    db.commit()
    page = as_user(cast.bas).get("/actions").text
    assert "<img src=x>" not in page
    assert "&lt;b&gt;Vet" in page


def test_nothing_is_changed_by_looking(as_user, cast, action, db):
    as_user(cast.bas).get(f"/actions/{action.id}/placement")
    db.expire_all()
    found = db.get(ImprovementAction, action.id)
    assert (found.version, found.step) == (1, Step.NEW)
