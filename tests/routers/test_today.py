from datetime import timedelta

from app.clock import now, today
from app.models.action.table import ActionKind, ImprovementAction, Room
from app.models.field_note.table import Contact
from app.models.safari.table import SafariState
from tests.counting import counted_queries
from tests.makers_safari import go, note, safari, suggestion


def action(db, cast, **changes):
    values = {
        "location_id": cast.town_hall,
        "title": "Eén nummer",
        "kind": ActionKind.CLEAR,
        "moved_at": now(),
    }
    db.add(ImprovementAction(**values | changes))


def busy_day(db, cast):
    running = safari(db)
    go(db, running, cast.carla)
    said = note(db, running, headline_literal=True)
    db.add(Contact(note_id=said.id, reach=b"sealed"))
    suggestion(db, said)
    safari(db, state=SafariState.PLANNED, planned_for=now() + timedelta(days=1))
    action(db, cast, title="Te laat", owner_id=cast.bas, due_on=today() - timedelta(days=9))
    action(
        db,
        cast,
        title="Mag dit",
        room=Room.WAITING,
        room_from="J. de Wit",
        room_since=now() - timedelta(days=6),
    )
    db.commit()
    return said


def test_bas_sees_what_needs_him_now(db, cast, as_user):
    said = busy_day(db, cast)
    page = as_user(cast.bas).get("/today").text
    for words in (
        "Dag Bas",
        "Je safari loopt nog",
        "1 van 5 gesprekken",
        "Ga verder",
        "Bel de klant terug",
        "dagen te laat",
        "Wacht op ruimte van J. de Wit, 6 dagen",
        "1 label nakijken",
        "Komt eraan",
        "‘Ik moest drie keer hetzelfde vertellen.’",
    ):
        assert words in page
    for to in (f"/field-notes/{said.id}", "/tags/review", f"/safaris/{said.safari_id}"):
        assert f'href="{to}"' in page


def test_a_quiet_day_has_one_thing_to_do(cast, as_user):
    page = as_user(cast.bas).get("/today").text
    assert "Nog niets vandaag. Ga op safari." in page
    assert page.count('href="/safaris/new" data-primary') == 1
    assert "Vraag je manager om de link" in as_user(cast.carla).get("/today").text


def test_eva_sees_the_board_and_no_customers(db, cast, as_user):
    busy_day(db, cast)
    page = as_user(cast.eva).get("/today").text
    assert "Net bewogen op het bord" in page
    assert "Te laat" in page
    for hidden in (
        "Ik moest drie keer",
        "Op safari",
        "nakijken",
        "Bel de klant",
        "Komt eraan",
        "/field-notes",
    ):
        assert hidden not in page


def test_anna_looks_after_people_and_reads_no_notes(db, cast, as_user):
    busy_day(db, cast)
    page = as_user(cast.anna).get("/today").text
    assert 'href="/settings/users"' in page
    for hidden in ("Ik moest drie keer", "Te laat", "nakijken", "/field-notes", "/actions"):
        assert hidden not in page


def test_dirk_sees_nothing_of_the_town_hall(db, cast, as_user):
    busy_day(db, cast)
    page = as_user(cast.dirk).get("/today").text
    for hidden in (
        "Ik moest drie keer",
        "Te laat",
        "Mag dit",
        "label nakijken",
        "Komt eraan",
        "Stadskantoor",
    ):
        assert hidden not in page


def test_a_visitor_signs_in_first(visitor):
    assert visitor.get("/today").headers["location"] == "/login?next=/today"


def test_a_busy_day_asks_no_more_than_a_quiet_one(db, cast, as_user):
    busy_day(db, cast)
    bas = as_user(cast.bas)
    with counted_queries() as before:
        bas.get("/today")
    for _ in range(4):
        busy_day(db, cast)
    with counted_queries() as after:
        bas.get("/today")
    assert len(after) == len(before) <= 21
