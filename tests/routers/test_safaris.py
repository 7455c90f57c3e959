from datetime import timedelta

import pytest
from sqlmodel import delete

from app.clock import new_id, now
from app.models.access import Role
from app.models.field_note.table import NoteKind
from app.models.guide.table import GuideVersion, Question
from app.models.location.table import Location, LocationKind
from app.models.safari.table import SafariState
from app.models.user.table import Membership
from tests.counting import counted_queries
from tests.makers_safari import go, newest_guide, note, photo, safari


@pytest.fixture
def form(db, cast):
    guide = newest_guide(db)
    db.rollback()
    return {"id": new_id(), "location_id": cast.town_hall, "guide_version_id": guide, "target": "5"}


def stored(db, made):
    db.commit()
    return made


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


def test_the_field_screen_shows_the_last_three_and_counts_the_talks(db, cast, as_user):
    running = safari(db, goal="Luisteren")
    for n in range(4):
        note(
            db,
            running,
            headline=f"Woord {n}",
            headline_literal=n == 3,
            held_at=now() - timedelta(hours=4 - n),
        )
    seen = note(db, running, kind=NoteKind.OBSERVATION, headline="Bord <achter> de plant")
    photo(db, seen)
    db.commit()
    page = as_user(cast.bas).get(f"/safaris/{running.id}").text
    assert "4 van 5 gesprekken" in page
    assert "Alle 5" in page
    assert "‘Woord 3’" in page
    assert "Bord &lt;achter&gt; de plant" in page
    assert "Foto, " in page
    assert "Woord 1" not in page
    assert f'<unsent-notes safari="{running.id}"' in page
    for to in (
        "interviews/new",
        "observations/new",
        "observations/new?with=photo",
        "observations/new?with=voice",
    ):
        assert f'href="/safaris/{running.id}/{to}"' in page


def test_more_talks_than_the_target_is_no_odd_sum(db, cast, as_user):
    running = safari(db, target=1)
    note(db, running)
    note(db, running)
    db.commit()
    assert "2 gesprekken, meer dan je doel" in as_user(cast.bas).get(f"/safaris/{running.id}").text


def test_who_goes_along_has_no_finishing_to_do(db, cast, as_user):
    running = safari(db)
    go(db, running, cast.dirk)
    db.commit()
    dirk = as_user(cast.dirk)
    assert "Afronden" not in dirk.get(f"/safaris/{running.id}").text
    assert dirk.get(f"/safaris/{running.id}/closure").status_code == 403
    assert dirk.post(f"/safaris/{running.id}/closure").status_code == 403


def test_closing_shows_what_was_done_and_then_the_summary(db, cast, as_user):
    running = safari(db, goal="Luisteren")
    go(db, running, cast.carla)
    note(db, running, headline_literal=True)
    note(db, running, kind=NoteKind.OBSERVATION, headline="Rij tot aan de deur")
    db.commit()
    bas, there = as_user(cast.bas), f"/safaris/{running.id}"
    assert "<b>1</b> gesprek" in bas.get(f"{there}/closure").text
    for _ in range(2):
        answer = bas.post(f"{there}/closure", data={"debrief": "Het nummertje."})
        assert (answer.status_code, answer.headers["location"]) == (303, there)
    page = bas.get(there).text
    for words in ("Het nummertje.", "Carla Smit", "‘Ik moest drie keer", "Rij tot aan de deur", "Luisteren"):
        assert words in page
    assert f"/exports/field-notes.csv?safari={running.id}" in page
    assert bas.get(f"{there}/closure").headers["location"] == there
    late = bas.post(f"{there}/closure", data={"debrief": "Iets anders."})
    assert late.status_code == 409
    assert "Deze safari is al afgerond." in late.text
    assert "Haal op als CSV" not in as_user(cast.carla).get(there).text


def test_a_debrief_that_is_too_long_is_kept(db, cast, as_user):
    running = stored(db, safari(db))
    answer = as_user(cast.bas).post(f"/safaris/{running.id}/closure", data={"debrief": "ab" * 2001})
    assert answer.status_code == 422
    assert "hooguit 4000 tekens" in answer.text
    assert "ab" * 2001 in answer.text


def test_a_planned_safari_can_be_called_off(db, cast, as_user):
    off = stored(db, safari(db, state=SafariState.PLANNED, planned_for=now() + timedelta(days=1)))
    bas, there = as_user(cast.bas), f"/safaris/{off.id}"
    assert "Gaat niet door" in bas.get(f"{there}/closure").text
    assert bas.post(f"{there}/closure", data={"debrief": "Griep."}).status_code == 303
    page = bas.get(there).text
    assert "Deze safari ging niet door." in page
    assert "Griep." in page


@pytest.mark.parametrize("path", ["", "/closure", "/invitation", "/invitation.svg"])
def test_hidden_and_absent_are_the_same(db, cast, as_user, path):
    running = stored(db, safari(db))
    dirk = as_user(cast.dirk)
    hidden, absent = dirk.get(f"/safaris/{running.id}{path}"), dirk.get(f"/safaris/{new_id()}{path}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.text == absent.text


@pytest.mark.parametrize("who", ["eva", "anna"])
def test_who_does_not_record_has_no_safaris(db, cast, as_user, who):
    running = stored(db, safari(db))
    for path in ("/safaris", f"/safaris/{running.id}"):
        assert as_user(getattr(cast, who)).get(path).status_code == 403


def test_the_list_is_empty_in_words_that_help(cast, as_user):
    assert "Zet je helm op" in as_user(cast.bas).get("/safaris").text
    assert "Vraag je manager om de link" in as_user(cast.carla).get("/safaris").text
    assert "Geen safari's die hierbij passen." in as_user(cast.bas).get("/safaris?mine=true").text


def test_the_list_turns_its_pages(db, cast, as_user):
    for n in range(25):
        safari(db, state=SafariState.CLOSED, started_at=now() - timedelta(days=n + 1))
    db.commit()
    bas = as_user(cast.bas)
    first = bas.get("/safaris").text
    assert first.count('class="row"') == 20
    older = first.split('href="/safaris?')[-1].split('"')[0].replace("&amp;", "&")
    assert bas.get(f"/safaris?{older}").text.count('class="row"') == 5
    assert bas.get("/safaris?cursor=onzin").status_code == 422


def test_no_page_asks_more_as_there_is_more(db, cast, as_user):
    def everything():
        return [
            safari(db, started_at=now() - timedelta(hours=1)),
            safari(db, state=SafariState.CLOSED),
            safari(db, state=SafariState.PLANNED, planned_for=now()),
        ]

    running, closed, planned = everything()
    for outing in (running, closed):
        note(db, outing)
    db.commit()
    bas = as_user(cast.bas)
    pages = ["/safaris", "/safaris/new", *(f"/safaris/{s.id}" for s in (running, closed, planned))]

    def costs():
        sums = []
        for path in pages:
            with counted_queries() as sent:
                assert bas.get(path).status_code == 200
            sums.append(len(sent))
        return sums

    before = costs()
    for _ in range(5):
        everything()
        for outing in (running, closed):
            photo(db, note(db, outing, kind=NoteKind.OBSERVATION))
    for person in (cast.carla, cast.dirk):
        go(db, running, person)
        go(db, closed, person)
    db.commit()
    assert costs() == before
    assert max(before) <= 16


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
    assert page.index(last.location_id) < page.index("Balie 0") < page.index("Een andere plek")
    assert f'value="{cast.town_hall}" checked' in page
