"""What customers see without an account: nothing is set, kept or told elsewhere, and markup stays text."""

import pytest

from app.models.action.table import Step
from tests.makers_action import raised
from tests.makers_promise import linked, promised, reachable

SAID = "Ik weet dat het online kan. Ik wilde juist iemand <b>spreken</b>."


@pytest.fixture
def stage_set(db, cast, actor):
    bas = actor(cast.bas)
    note = reachable(db, cast.town_hall, cast.bas, text=SAID)
    action = raised(db, bas, note, quotes=["story:0-27"])
    action.step = Step.DONE
    promised(db, note, bas)
    token = linked(db, note, bas)
    db.commit()
    return note, action, f"/u/{token}"


def test_the_page_sets_no_cookie_and_is_told_to_nobody(visitor, stage_set):
    answer = visitor.get(stage_set[2])
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("no-referrer", "no-store")
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert "<script" not in answer.text
    assert "&lt;b&gt;spreken" in answer.text
    assert "06 12345678" not in answer.text
    assert "You said" in visitor.get(stage_set[2], headers={"accept-language": "en"}).text


def test_an_answer_is_changed_by_sending_another_and_staff_read_it(visitor, as_user, cast, stage_set):
    note, action, link = stage_set
    for helped in ("yes", "no", "no"):
        sent = {"helped": helped, "word": "Zo <i>zo</i>"}
        assert visitor.post(f"{link}/actions/{action.id}/answer", data=sent).status_code == 303
    bas = as_user(cast.bas)
    for page in (bas.get(f"/field-notes/{note.id}").text, bas.get(f"/actions/{action.id}").text):
        assert "Dit hielp niet" in page
        assert "Zo &lt;i&gt;zo" in page
    assert "Zo &lt;i" not in as_user(cast.eva).get(f"/actions/{action.id}").text
    long = visitor.post(f"{link}/answer", data={"word": "a" * 501})
    assert (long.status_code, "a" * 501 in long.text) == (422, True)


def test_withdrawing_takes_two_steps_and_leaves_the_same_page_as_a_guess(visitor, as_user, cast, stage_set):
    note, action, link = stage_set
    assert "Ja, wis alles" in visitor.get(f"{link}/withdrawal").text
    assert "Alles is gewist" in visitor.post(f"{link}/withdrawal").text
    gone = [visitor.get(link), visitor.post(f"{link}/withdrawal"), visitor.get("/u/geraden")]
    assert {answer.status_code for answer in gone} == {404}
    assert len({answer.text for answer in gone}) == 1
    bas = as_user(cast.bas)
    assert bas.get(f"/field-notes/{note.id}").status_code == 404
    for path in ("/actions", f"/actions/{action.id}", "/call-backs", "/today", "/exports/promises.csv"):
        page = bas.get(path).text
        assert "online kan" not in page
        assert "over de tekening" not in page


def test_another_site_cannot_withdraw(visitor, stage_set):
    answer = visitor.post(f"{stage_set[2]}/withdrawal", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert visitor.get(stage_set[2]).status_code == 200


def test_a_customer_who_takes_their_yes_back_finds_the_same_closed_door(visitor, as_user, cast, stage_set):
    note, _, link = stage_set
    bas = as_user(cast.bas)
    assert bas.post(f"/field-notes/{note.id}/consents/link/withdrawal").status_code == 303
    assert visitor.get(link).status_code == 404
    again = bas.post(f"/field-notes/{note.id}/links", data={"agreed": "true"})
    assert again.status_code == 410
