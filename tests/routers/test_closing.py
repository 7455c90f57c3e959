from datetime import timedelta

from app.clock import now
from app.models.field_note.table import NoteKind
from app.models.safari.table import SafariState
from tests.makers_safari import go, note, safari


def stored(db, made):
    db.commit()
    return made


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
