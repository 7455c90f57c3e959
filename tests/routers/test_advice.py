import re

import pytest
from sqlmodel import select

from app.models.audit.table import AuditEntry
from app.models.proposal.table import AdviceSetAside
from tests.makers_proposal import said

ADVICE = "Hang een bord op. Met een pijl."


@pytest.fixture
def note(db, cast):
    made = said(db, cast.town_hall, cast.bas, "Ik kon de balie niet vinden.")
    made.answers = made.answers | {"advice": {"value": ADVICE, "literal": True}}
    db.commit()
    return made


def test_advice_that_nobody_took_up_is_listed(as_user, cast, note):
    page = as_user(cast.carla).get("/advice").text
    assert f"‘{ADVICE}’" in page
    assert "1 advies" in page
    assert 'href="/advice"' in as_user(cast.carla).get("/field-notes").text
    assert 'href="/advice"' in as_user(cast.carla).get("/proposals").text


def test_dirk_sees_none_of_it_and_eva_and_anna_may_not_look(as_user, cast, note):
    assert "Hang een bord op" not in as_user(cast.dirk).get(f"/advice?location={cast.town_hall}").text
    assert [as_user(who).get("/advice").status_code for who in (cast.eva, cast.anna)] == [403, 403]
    answer = as_user(cast.dirk).post(f"/advice/{note.id}/rejection", data={"reason": "Weg ermee."})
    assert answer.status_code == 404


def test_it_becomes_an_action_with_the_advice_chosen(as_user, cast, note):
    carla = as_user(cast.carla)
    url = f"/field-notes/{note.id}/actions/new?field=advice"
    assert url in carla.get("/advice").text
    chosen = re.findall(r'name="quotes" value="([^"]+)" checked', carla.get(url).text)
    assert chosen == ["advice:0-17", "advice:18-31"]
    sent = {"title": "Bord ophangen", "kind": "improve", "room": "own", "quotes": chosen}
    assert carla.post(f"/field-notes/{note.id}/actions", data=sent).status_code == 303
    assert "Hang een bord op" not in carla.get("/advice").text


def test_leg_weg_asks_why_and_twice_is_once(as_user, cast, db, note):
    bas, url = as_user(cast.bas), f"/advice/{note.id}/rejection"
    refused = bas.post(url, data={"reason": " "})
    assert refused.status_code == 422
    assert "Vul dit in." in refused.text
    assert ADVICE in refused.text
    for reason in ("Er hangt al een bord.", "Nog eens."):
        assert bas.post(url, data={"reason": reason}).status_code == 303
    assert [row.reason for row in db.exec(select(AdviceSetAside))] == ["Er hangt al een bord."]
    assert len(db.exec(select(AuditEntry).where(AuditEntry.verb == "advice.set_aside")).all()) == 1
    assert "Er ligt geen advies meer." in bas.get("/advice").text


@pytest.mark.parametrize(
    ("query", "there"), [("tag=kosten", True), ("tag=regels", False), ("location=x", False)]
)
def test_by_place_and_theme(as_user, cast, note, query, there):
    page = as_user(cast.bas).get(f"/advice?{query}").text
    assert ("Hang een bord op" in page) is there
    assert ("Geen advies past bij dit filter." in page) is not there


def test_toon_meer_goes_on(as_user, cast, db):
    for number in range(25):
        note = said(db, cast.town_hall, cast.bas, "Ik kon de balie niet vinden.", days_ago=number)
        note.answers = note.answers | {"advice": {"value": f"Advies {number}.", "literal": False}}
    db.commit()
    bas = as_user(cast.bas)
    page = bas.get("/advice").text
    more = re.search(r'href="(/advice\?[^"]+)"[^>]*>Toon meer', page)
    assert more
    rest = bas.get(more[1].replace("&amp;", "&")).text
    assert "25 adviezen" in page
    assert (page.count("/rejection"), rest.count("/rejection")) == (10, 10)
    assert bas.get("/advice?cursor=onzin").status_code == 422
