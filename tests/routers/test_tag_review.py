import re

import pytest
from sqlmodel import select

from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from tests.cast import Cast
from tests.counting import counted_queries
from tests.looking import look
from tests.makers_safari import note, safari, suggestion

STORY = "Goedemorgen. Ik moest een half uur wachten! Daarna ging het goed."
SPANS = [{"field": "story", "start": 13, "end": 42, "sentiment": "negative"}]
API = "/api/v1/tags/review/decisions"


def suggested(db, many=1, outing=None, **changes):
    outing = outing or safari(db)
    said = {"answers": {"story": {"value": STORY, "literal": True}}}
    notes = [note(db, outing, **said) for _ in range(many)]
    made = [
        suggestion(db, one, spans=SPANS, score=0.5 + n / 100, **changes).id for n, one in enumerate(notes)
    ]
    db.commit()
    return made


def state(tagging_id):
    return (look(select(Tagging.state).where(Tagging.id == tagging_id)) or [None])[0]


def asked_about(page) -> str:
    """Which suggestion the form on the page decides."""
    return re.findall(r'name="tagging_id" value="([^"]*)"', page.text)[0]


def test_bas_checks_them_one_by_one_with_plain_forms(as_user, cast: Cast, db):
    one, two, three = suggested(db, 3)
    bas = as_user(cast.bas)
    page = bas.get("/tags/review")
    assert "nog 3" in page.text
    assert asked_about(page) == one
    assert "<mark>Ik moest een half uur wachten</mark>" in page.text
    assert "Daarna ging het goed" not in page.text
    for tagging, verdict in ((one, "accept"), (two, "reject")):
        on = bas.post("/tags/review/decisions", data={"tagging_id": tagging, "verdict": verdict})
        assert (on.status_code, on.headers["location"]) == (303, f"/tags/review?last={tagging}")
    assert (state(one), state(two)) == (TaggingState.ACCEPTED, TaggingState.REJECTED)
    page = bas.get(f"/tags/review?last={two}")
    assert asked_about(page) == three
    assert "Terugdraaien" in page.text
    back = bas.post("/tags/review/decisions", data={"tagging_id": two, "verdict": "undo"})
    assert asked_about(bas.get(back.headers["location"])) == two
    assert state(two) == TaggingState.SUGGESTED


def test_skipping_and_the_end_say_where_you_are(as_user, cast: Cast, db):
    [one] = suggested(db)
    bas = as_user(cast.bas)
    skipped = bas.get(f"/tags/review?past={one}")
    assert '<div data-end="skipped">' in skipped.text
    bas.post("/tags/review/decisions", data={"tagging_id": one, "verdict": "accept"})
    assert '<div data-end="none">' in bas.get("/tags/review").text


def test_another_label_instead_by_a_plain_form(as_user, cast: Cast, db):
    one, two = suggested(db, 2)
    kosten = db.exec(select(Tag.id).where(Tag.slug == "kosten")).one()
    db.commit()
    bas = as_user(cast.bas)
    nothing = bas.post("/tags/review/decisions", data={"tagging_id": two, "verdict": "other", "tag_id": ""})
    assert nothing.status_code == 422
    assert "Kies iets uit de lijst." in nothing.text
    assert asked_about(nothing) == two
    bas.post("/tags/review/decisions", data={"tagging_id": one, "verdict": "other", "tag_id": kosten})
    assert state(one) == TaggingState.REJECTED
    added = look(select(Tagging).where(Tagging.tag_id == kosten))[0]
    assert (added.state, added.origin) == (TaggingState.ACCEPTED, "person")


def test_the_tone_by_a_plain_form_keeps_the_label_in_question(as_user, cast: Cast, db):
    _, two = suggested(db, 2)
    bas = as_user(cast.bas)
    on = bas.post("/tags/review/decisions", data={"tagging_id": two, "verdict": "positive"})
    page = bas.get(on.headers["location"])
    assert asked_about(page) == two
    assert "Toon gekozen door Bas de Wit" in page.text
    assert state(two) == TaggingState.SUGGESTED
    assert look(select(Tagging.sentiment).where(Tagging.id == two)) == ["positive"]
    bas.post("/tags/review/decisions", data={"tagging_id": two, "verdict": "as_read"})
    assert look(select(Tagging.felt_by_id).where(Tagging.id == two)) == [None]


def test_the_filter_stays_while_deciding(as_user, cast: Cast, db):
    [one] = suggested(db)
    where = f"location={cast.town_hall}"
    bas = as_user(cast.bas)
    assert f"/tags/review/decisions?{where}" in bas.get(f"/tags/review?{where}").text
    on = bas.post(f"/tags/review/decisions?{where}", data={"tagging_id": one, "verdict": "accept"})
    assert on.headers["location"] == f"/tags/review?{where}&last={one}"
    assert 'data-end="none">' in bas.get(f"/tags/review?location={cast.branch}").text


def test_what_carla_checked_first_stays_and_bas_is_told(as_user, cast: Cast, db):
    [one] = suggested(db)
    as_user(cast.carla).post("/tags/review/decisions", data={"tagging_id": one, "verdict": "reject"})
    bas = as_user(cast.bas)
    late = bas.post("/tags/review/decisions", data={"tagging_id": one, "verdict": "accept"})
    assert "Iemand anders keek dit label al na." in bas.get(late.headers["location"]).text
    answer = bas.post(API, json={"decisions": [{"tagging_id": one, "verdict": "accept"}]}).json()
    assert answer["results"] == [
        {
            "tagging_id": one,
            "outcome": "decided",
            "message": "Carla Smit keek dit label al na. Dat blijft staan.",
        }
    ]
    assert state(one) == TaggingState.REJECTED


def test_a_phone_sends_many_at_once_twice_and_the_rest_is_not_held_up(as_user, cast: Cast, db):
    one, two, three = suggested(db, 3)
    bas = as_user(cast.bas)
    sent = [(one, "accept"), ("weg", "accept"), (two, "reject"), (two, "undo")]
    body = {"decisions": [{"tagging_id": tagging, "verdict": verdict} for tagging, verdict in sent]}
    for _ in range(2):
        answer = bas.post(API, json=body)
        assert answer.status_code == 200
        assert [found["outcome"] for found in answer.json()["results"]] == ["done", "gone", "done", "done"]
        assert answer.json()["left"] == 2
    assert (state(one), state(two), state(three)) == ("accepted", "suggested", "suggested")


def deciding(verdict, many=1):
    return {"decisions": [{"tagging_id": "x", "verdict": verdict}] * many}


@pytest.mark.parametrize("body", [{}, deciding("maybe"), deciding("undo", 101)])
def test_what_cannot_be_read_is_refused_as_a_whole(as_user, cast: Cast, body):
    assert as_user(cast.bas).post(API, json=body).status_code == 422


def test_what_a_page_of_carla_sends_is_refused_once_bas_signed_in(as_user, cast: Cast, db):
    [one] = suggested(db)
    body = {"decisions": [{"tagging_id": one, "verdict": "accept"}]}
    assert as_user(cast.bas).post(API, json=body, headers={"klantsafari-user": cast.carla}).status_code == 401


def test_nobody_decides_about_what_they_may_not_read(as_user, cast: Cast, db):
    [one] = suggested(db)
    body = {"decisions": [{"tagging_id": one, "verdict": "accept"}]}
    assert STORY[13:42] not in as_user(cast.dirk).get("/tags/review").text
    assert STORY[13:42] not in as_user(cast.dirk).get(f"/tags/review?first={one}").text
    assert as_user(cast.dirk).post(API, json=body).json()["results"][0]["outcome"] == "gone"
    for who in (cast.eva, cast.anna):
        assert as_user(who).get("/tags/review").status_code == 403
        assert as_user(who).post(API, json=body).status_code == 403
    assert state(one) == TaggingState.SUGGESTED


def test_the_page_asks_no_more_for_twenty_than_for_one(as_user, cast: Cast, db):
    suggested(db)
    bas = as_user(cast.bas)
    with counted_queries() as few:
        bas.get("/tags/review")
    suggested(db, 30)
    with counted_queries() as many:
        page = bas.get("/tags/review")
    assert len(many) == len(few)
    assert page.text.count('class="review-card"') == 20
