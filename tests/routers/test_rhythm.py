"""The pages of rhythm, what was not heard, the calendar and the pulse."""

from app.models.safari.table import SafariState
from tests.makers_safari import note, safari


def test_bas_sets_a_rhythm_and_is_asked_on_vandaag_to_plan(cast, as_user):
    bas = as_user(cast.bas)
    plan = {"user_id": cast.bas, "every_weeks": 4, "weekday": "1", "part": "afternoon"}
    for _ in range(2):
        sent = bas.post(f"/rhythm/places/{cast.town_hall}", data=plan)
        assert sent.headers["location"] == "/rhythm"
    page = bas.get("/rhythm").text
    assert page.count("Elke 4 weken op dinsdag in de middag") == 1
    today = bas.get("/today").text
    assert "Je volgende safari" in today
    to = today.split('href="/safaris/new?')[1].split('"')[0].replace("&amp;", "&")
    form = bas.get(f"/safaris/new?{to}").text
    assert f'value="{to.split("planned_for=")[1]}"' in form
    assert 'T14:00"' in form
    assert (
        bas.post(f"/rhythm/places/{cast.town_hall}", data=plan | {"user_id": cast.carla}).status_code == 422
    )
    assert bas.post(f"/rhythm/places/{cast.town_hall}", data=plan | {"every_weeks": "0"}).status_code == 422
    assert "Je volgende safari" not in as_user(cast.carla).get("/today").text


def test_a_made_up_place_or_moment_changes_nothing_on_the_form(cast, as_user):
    bas = as_user(cast.bas)
    assert (
        'value="2030' not in bas.get(f"/safaris/new?location={cast.branch}&planned_for=2030-01-01T10:00").text
    )
    odd = bas.get(f'/safaris/new?location={cast.town_hall}&planned_for="><script>')
    assert "<script>" not in odd.text


def test_eva_sees_numbers_and_no_names(db, cast, as_user):
    outing = safari(db, state=SafariState.CLOSED)
    note(db, outing, channel="counter")
    db.commit()
    page = as_user(cast.eva).get("/rhythm").text
    assert "1 safari, voor het laatst op" in page
    assert "Bas" not in page
    heard = as_user(cast.eva).get("/rhythm/heard").text
    assert "1 verhaal" in heard
    assert "Nog niet: aan de telefoon" in heard
    assert "%" not in heard.split("<main")[1].split("</main")[0]
    assert "0 verhalen" in as_user(cast.dirk).get("/rhythm/heard").text


def test_the_calendar_is_read_without_a_session_until_its_link_is_taken_back(db, cast, as_user, visitor):
    safari(db, state=SafariState.PLANNED, planned_for=None)
    db.commit()
    bas = as_user(cast.bas)
    link = bas.post("/me/calendar").text.split('copy-link value="')[1].split('"')[0]
    assert link.startswith("https://testserver/calendars/")
    answer = visitor.get(link)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.startswith("BEGIN:VCALENDAR")
    bas.post("/me/calendar/removal")
    assert visitor.get(link).status_code == 404
    assert "Je agenda staat uit." in bas.get("/me/calendar").text


def test_carla_answers_six_questions_once(cast, as_user):
    carla, to = as_user(cast.carla), f"/pulse/{cast.counter_team}"
    assert "Jij kunt nog antwoorden" in carla.get("/pulse").text
    few = carla.post(to, data={"q1": 5})
    assert few.status_code == 422
    for _ in range(2):
        assert carla.post(to, data={f"q{n}": 4 for n in range(1, 7)}).status_code == 303
    page = carla.get(to).text
    assert "Nog te weinig antwoorden" in page
    assert 'name="q1"' not in page
