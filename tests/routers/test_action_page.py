"""The page of one action, as people use it: without script, and with two taps where one was meant."""

import pytest
from sqlmodel import select

from app.clock import new_id
from app.models.action.table import ImprovementAction
from app.models.attachment.table import ActionFile
from tests.makers_action import FIRST, SECOND, raised, story

pytestmark = pytest.mark.phone
PDF = ("plan.pdf", b"%PDF-1.7 plan", "application/pdf")


@pytest.fixture
def action(db, cast, actor):
    note = story(db, cast.town_hall, cast.bas)
    made = raised(db, actor(cast.bas), note, quotes=[FIRST, SECOND], team_ids=[cast.counter_team])
    db.commit()
    return made


def test_steps_work_with_and_without_script(as_user, cast, action):
    carla, base = as_user(cast.carla), f"/actions/{action.id}/steps"
    for _ in range(2):
        answer = carla.post(base, data={"id": new_id(), "what": "Vraag het na"})
        assert answer.headers["location"] == f"/actions/{action.id}#steps"
    fragment = carla.post(base, data={"what": "Hang een bord op"}, headers={"hx-request": "true"}).text
    assert "<html" not in fragment
    assert "0 van 3 klaar" in fragment
    empty = carla.post(base, data={"what": " "})
    assert (empty.status_code, "Vul dit in." in empty.text) == (422, True)
    assert "Klaar: " not in as_user(cast.eva).get(f"/actions/{action.id}").text


def test_carla_sees_on_vandaag_that_bas_named_her_until_she_read_it(as_user, cast, action):
    as_user(cast.bas).post(f"/actions/{action.id}/comments", data={"text": "Lees je mee, @Carla?"})
    carla = as_user(cast.carla)
    assert "Bas de Wit noemde je bij" in carla.get("/today").text
    assert "noemde je hier" in carla.get(f"/actions/{action.id}").text
    carla.post(f"/actions/{action.id}/mentions/reading")
    assert "noemde je bij" not in carla.get("/today").text


def test_the_old_one_points_on_and_takes_nothing_more(as_user, cast, db, actor, action):
    other = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), title="Hetzelfde")
    db.commit()
    bas = as_user(cast.bas)
    assert "Hetzelfde" in bas.get(f"/actions/{action.id}/merger").text
    for _ in range(2):
        merged = bas.post(f"/actions/{other.id}/merger", data={"into_id": action.id})
        assert merged.headers["location"] == f"/actions/{action.id}"
    assert bas.get(f"/actions/{other.id}").headers["location"] == f"/actions/{action.id}"
    assert bas.post(f"/actions/{other.id}/comments", data={"text": "Te laat"}).status_code == 409
    assert bas.post(f"/actions/{action.id}/merger", data={"into_id": other.id}).status_code == 409
    page = bas.get(f"/actions/{action.id}").text
    assert "2 klanten" in page
    assert "Voegde hier een andere actie bij" in page


def test_bas_splits_an_action(as_user, cast, db, action):
    bas = as_user(cast.bas)
    page = bas.get(f"/actions/{action.id}/split").text
    chosen = page.split('name="evidence_ids" value="')[1].split('"')[0]
    sent = {"id": new_id(), "title": "Iets anders", "kind": "keep", "evidence_ids": chosen}
    for _ in range(2):
        made = bas.post(f"/actions/{action.id}/split", data=sent)
        assert made.headers["location"] == f"/actions/{sent['id']}"
    assert bas.post(f"/actions/{action.id}/split", data={"title": "Leeg"}).status_code == 422
    assert len(db.exec(select(ImprovementAction)).all()) == 2


def test_room_is_written_seen_used_and_counted(as_user, cast, action):
    bas, carla = as_user(cast.bas), as_user(cast.carla)
    room = f"/teams/{cast.counter_team}/room"
    assert bas.post(room, data={"clear": "Regel het meteen.", "clear_euros": "150"}).status_code == 303
    page = carla.get(f"/actions/{action.id}").text
    assert "Balie burgerzaken mag dit zelf, tot €\u00a0150" in page
    assert carla.get(f"{room}/edit").status_code == 403
    too_much = carla.post(f"/actions/{action.id}/room/solution", data={"euros": "200"})
    assert (too_much.status_code, "meer dan het team zelf mag" in too_much.text) == (422, True)
    assert carla.post(f"/actions/{action.id}/room/solution", data={"id": new_id()}).status_code == 303
    assert "Balie burgerzaken" in bas.get("/exports/room.csv").text
    assert "1 zelf opgelost, 0 gevraagd, 0 mocht niet" in as_user(cast.eva).get("/teams").text


def test_a_question_goes_to_bas_and_his_answer_is_on_the_page(as_user, cast, action):
    carla, bas = as_user(cast.carla), as_user(cast.bas)
    sent = {"id": new_id(), "of_id": cast.bas, "words": "Mag ik dit vergoeden?", "euros": "35"}
    carla.post(f"/actions/{action.id}/room/question", data=sent)
    assert "Wacht op ruimte van Bas de Wit" in bas.get("/today").text
    assert "Ja, dat mag" not in carla.get(f"/actions/{action.id}").text
    assert "Ja, dat mag" in bas.get(f"/actions/{action.id}").text
    empty = bas.post(f"/actions/{action.id}/room/answer", data={"use_id": sent["id"], "allowed": "false"})
    assert (empty.status_code, "Schrijf op waarom niet." in empty.text) == (422, True)
    no = {"use_id": sent["id"], "allowed": "false", "words": "Dat is al betaald."}
    for _ in range(2):
        assert bas.post(f"/actions/{action.id}/room/answer", data=no).status_code == 303
    assert "Dat is al betaald." in carla.get(f"/actions/{action.id}").text


def test_a_file_is_looked_at_by_who_may_and_no_other_kind_comes_in(as_user, cast, db, action):
    carla, base = as_user(cast.carla), f"/actions/{action.id}/files"
    for _ in range(2):
        assert carla.post(base, files={"file": PDF}).status_code == 303
    (file,) = db.exec(select(ActionFile)).all()
    db.commit()
    got = as_user(cast.eva).get(f"/attachments/actions/{file.id}")
    assert (got.content, got.headers["content-disposition"].split(";")[0]) == (PDF[1], "attachment")
    assert "sandbox" in got.headers["content-security-policy"]
    assert as_user(cast.dirk).get(f"/attachments/actions/{file.id}").status_code == 404
    wrong = carla.post(base, files={"file": ("x.html", b"<script>alert(1)</script>", "text/html")})
    assert (wrong.status_code, "Kies een foto of een PDF." in wrong.text) == (422, True)
    for _ in range(2):
        assert carla.post(f"{base}/{file.id}/removal").status_code == 303
    assert carla.get(f"/attachments/actions/{file.id}").status_code == 404
