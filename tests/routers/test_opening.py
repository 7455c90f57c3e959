import pytest
from sqlmodel import delete

from app.clock import new_id
from app.models.access import Role
from app.models.guide.table import GuideVersion, Question
from app.models.location.table import Location, LocationKind
from app.models.user.table import Membership
from tests.makers_safari import newest_guide, safari


@pytest.fixture
def form(db, cast):
    guide = newest_guide(db)
    db.rollback()
    return {"id": new_id(), "location_id": cast.town_hall, "guide_version_id": guide, "target": "5"}


def test_two_taps_and_bas_is_on_safari(db, cast, as_user, form):
    bas = as_user(cast.bas)
    page = bas.get("/safaris/new").text
    assert f'value="{cast.town_hall}" checked' in page
    assert f'<option value="{form["guide_version_id"]}" selected>Aan de balie, 8 vragen' in page
    assert 'name="target" value="5"' in page
    answer = bas.post("/safaris", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/safaris/{form['id']}")
    shown = bas.get(answer.headers["location"]).text
    assert "Stadskantoor" in shown
    assert "0 van 5 gesprekken" in shown
    assert "Leg je eerste gesprek vast" in shown


def test_bas_goes_behind_the_scenes(as_user, cast, form):
    bas = as_user(cast.bas)
    to = bas.post("/safaris", data=form | {"back_office": "true"}).headers["location"]
    assert "Achter de schermen" in bas.get(to).text
    assert bas.get(f"/api/v1{to}").json()["back_office"] is True


def test_a_form_sent_twice_makes_one_safari(db, cast, as_user, form):
    bas = as_user(cast.bas)
    assert bas.post("/safaris", data=form).headers["location"] == f"/safaris/{form['id']}"
    again = bas.post("/safaris", data=form)
    assert (again.status_code, again.headers["location"]) == (303, f"/safaris/{form['id']}")
    assert bas.get("/safaris").text.count(f'href="/safaris/{form["id"]}"') >= 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"target": "31"}, "Vul hooguit 30 in."),
        ({"target": "veel"}, "Vul een heel getal in."),
        ({"location_id": ""}, "Vul dit in."),
        ({"planned_for": "2020-01-01T09:00"}, "Dit moment is al voorbij."),
        ({"planned_for": "ooit"}, "Vul een datum in"),
        ({"guide_version_id": "weg"}, "Deze gids is net vernieuwd."),
        ({"goal": "x" * 201}, "hooguit 200 tekens"),
        ({"id": "geen-id"}, "Begin opnieuw met Helm op."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(cast, as_user, form, wrong, says):
    answer = as_user(cast.bas).post("/safaris", data=form | {"goal": "Waarom twee keer?"} | wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert (wrong.get("goal") or "Waarom twee keer?") in answer.text
    for typed in wrong.values():
        assert not typed or typed == "weg" or f'value="{typed}"' in answer.text


@pytest.mark.parametrize("place", ["branch", "nowhere"])
def test_somebody_elses_place_is_not_found(cast, as_user, form, place):
    data = form | {"location_id": getattr(cast, place, new_id())}
    assert as_user(cast.bas).post("/safaris", data=data).status_code == 404


def test_carla_may_not_put_on_the_helmet(cast, as_user, form):
    carla = as_user(cast.carla)
    assert carla.get("/safaris/new").status_code == 403
    assert carla.post("/safaris", data=form).status_code == 403


def test_a_planned_safari_waits_for_its_leader(db, cast, as_user, form):
    bas, carla = as_user(cast.bas), as_user(cast.carla)
    there = bas.post("/safaris", data=form | {"planned_for": "2099-12-01T09:30"}).headers["location"]
    assert "1 december 2099, 09.30 uur" in bas.get(there).text
    assert "Begin safari" in bas.get(there).text
    seen = carla.get(there).text
    assert "Bas de Wit begint de safari." in seen
    assert "/opening" not in seen
    assert carla.post(f"{there}/opening").status_code == 403
    for _ in range(2):
        assert bas.post(f"{there}/opening").headers["location"] == there
    assert "Gesprek beginnen" in bas.get(there).text


def test_a_guide_is_asked_for_when_there_is_none(db, cast, as_user):
    for table in (Question, GuideVersion):
        db.exec(delete(table))
    db.commit()
    page = as_user(cast.bas).get("/safaris/new").text
    assert "Vraag je beheerder om een gids." in page
    assert "Begin safari" not in page


def test_the_helmet_remembers_last_time(db, cast, as_user):
    city = db.get(Location, cast.city)
    for n in range(5):
        place = Location(
            parent_id=city.id, kind=LocationKind.LOCATION, name=f"Balie {n}", path=f"{city.path}b{n}/"
        )
        db.add(place)
    db.add(Membership(user_id=cast.bas, role=Role.MANAGER, location_id=cast.city))
    db.flush()
    last = safari(db)
    db.commit()
    page = as_user(cast.bas).get("/safaris/new").text
    assert page.index(last.location_id) < page.index("Balie 0") < page.index("Een andere locatie")
    assert f'value="{cast.town_hall}" checked' in page


def test_word_from_the_phone_of_a_safari_that_the_form_already_began_is_no_second(cast, as_user, form):
    bas, address = as_user(cast.bas), f"/api/v1/safaris/{form['id']}"
    assert bas.post("/safaris", data=form).status_code == 303
    chosen = {"location_id": cast.town_hall, "guide_version_id": form["guide_version_id"], "target": 5}
    word = {"schema": 1, **chosen, "goal": "", "started_at": "2026-11-22T09:00:00+01:00"}
    assert bas.put(address, json=word).status_code == 200
    assert bas.put(address, json=word | {"target": 9}).status_code == 409
