"""Terugbellen as people use it: on a page, with and without script, and as JSON."""

import csv
from datetime import timedelta

import pytest

from app.clock import new_id, today
from tests.makers_promise import NUMBER, TOLD, promised, reachable


@pytest.fixture
def note(db, cast):
    made = reachable(db, cast.town_hall, cast.carla)
    made.answers = made.answers | {"promise": {"value": "Carla belt vrijdag.", "literal": False}}
    db.add(made)
    db.commit()
    return made


def test_carla_writes_down_what_she_said_reveals_the_number_and_calls(as_user, cast, note):
    carla = as_user(cast.carla)
    assert "Carla belt vrijdag." in carla.get(f"/field-notes/{note.id}").text
    sent = {"id": new_id(), "text": TOLD, "due_on": today().isoformat()}
    for _ in range(2):
        assert carla.post(f"/field-notes/{note.id}/promises", data=sent).status_code == 303
    listed = carla.get("/call-backs").text
    assert (listed.count(TOLD), NUMBER in listed) == (1, False)
    page = f"/promises/{sent['id']}"
    assert NUMBER not in carla.get(page).text
    assert NUMBER in carla.post(f"{page}/contact").text
    for _ in range(2):
        assert carla.post(f"{page}/outcome", data={"outcome": "kept", "version": "1"}).status_code == 303
    assert "Niemand wacht op een telefoontje." in carla.get("/call-backs").text


def test_a_promise_for_yesterday_keeps_what_was_typed(as_user, cast, note):
    sent = {"text": TOLD, "due_on": (today() - timedelta(days=1)).isoformat()}
    again = as_user(cast.carla).post(f"/field-notes/{note.id}/promises", data=sent)
    assert again.status_code == 422
    assert TOLD in again.text
    assert "Deze dag is al voorbij." in again.text


def test_bas_sees_on_his_day_what_carla_owes(as_user, cast, db, actor, note):
    promised(db, note, actor(cast.carla), due=today() - timedelta(days=3))
    db.commit()
    for path in ("/today", "/call-backs"):
        page = as_user(cast.bas).get(path).text
        assert TOLD in page
        assert "3 dagen te laat" in page
        assert "van Carla" in page
    assert TOLD not in as_user(cast.dirk).get("/today").text


def test_a_link_is_shown_once_and_asks_for_a_yes(as_user, cast, note):
    carla = as_user(cast.carla)
    refused = carla.post(f"/field-notes/{note.id}/links", data={"channel": "spoken"})
    assert (refused.status_code, "Vraag eerst of de klant een link wil." in refused.text) == (422, True)
    made = carla.post(f"/field-notes/{note.id}/links", data={"agreed": "true"}).text
    assert "/u/" in made
    assert "data:image/svg+xml" in made
    assert "/u/" not in carla.get(f"/field-notes/{note.id}").text
    assert carla.post(f"/field-notes/{note.id}/links/revocation").status_code == 303


def test_promises_as_json_and_as_a_table_carry_no_number(as_user, cast, note):
    carla, bas = as_user(cast.carla), as_user(cast.bas)
    sent = {"id": new_id(), "note_id": note.id, "text": TOLD, "due_on": today().isoformat()}
    for _ in range(2):
        assert carla.post("/api/v1/promises", json=sent).json()["id"] == sent["id"]
    path = f"/api/v1/promises/{sent['id']}"
    handed = bas.post(f"{path}/owner", json={"owner_id": cast.bas, "version": 1}).json()
    assert (handed["owner_id"], handed["version"]) == (cast.bas, 2)
    late = carla.post(f"{path}/outcome", json={"outcome": "kept", "version": 1})
    assert late.status_code == 403
    (listed,) = bas.get("/api/v1/promises?state=open").json()["items"]
    assert listed["text"] == TOLD
    (row,) = csv.DictReader(bas.get("/exports/promises.csv?dialect=rfc4180").text.splitlines())
    assert (row["text"], row["owner"], row["state"]) == (TOLD, "Bas de Wit", "open")
    assert bas.get(f"/api/v1/promises/{note.id}").json()["text"] == ""
