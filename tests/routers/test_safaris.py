from datetime import timedelta

import pytest

from app.clock import new_id, now
from app.models.field_note.table import NoteKind
from app.models.safari.table import SafariState
from tests.counting import counted_queries
from tests.makers_safari import go, note, photo, safari


def stored(db, made):
    db.commit()
    return made


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
