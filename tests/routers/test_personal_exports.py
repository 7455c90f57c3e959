import csv
import io
from datetime import timedelta

import pytest

from app.models.audit.table import AuditEntry
from app.models.user import tokens
from app.models.user.table import User
from tests.conftest import browser
from tests.makers import session_cookie
from tests.makers_note import interview, recorded, running_safari

CALL_BACK = {"name": "=Mevrouw De Proef", "reach": "06-00000001"}
WANTED = {"reason": "Ik bel deze klanten maandag terug", "dialect": "rfc4180"}
PATH = "/exports/personal"


@pytest.fixture
def note(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    recorded(db, actor(cast.bas), interview(safari.id))
    made = recorded(db, actor(cast.bas), interview(safari.id, call_back=CALL_BACK))
    db.commit()
    return made


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_bas_takes_names_and_numbers_along_for_a_reason_that_is_kept(db, as_user, cast, note):
    answer = as_user(cast.bas).post(PATH, data=WANTED | {"location": cast.town_hall, "from": "2026-11-01"})
    reached = {row["id"]: (row["call_back.name"], row["call_back.reach"]) for row in rows(answer)}
    assert reached.pop(note.id) == ("'=Mevrouw De Proef", "06-00000001")
    assert list(reached.values()) == [("", "")]
    assert "klantsafari-field-notes-personal-" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    taken = db.query(AuditEntry).filter_by(verb="export.taken").one()
    assert (taken.actor_id, taken.location_id) == (cast.bas, cast.town_hall)
    assert taken.detail["reason"] == WANTED["reason"]
    assert CALL_BACK["reach"] not in str(taken.detail)


def test_the_other_tables_stay_without(as_user, cast, note):
    for path in ("/exports/field-notes.csv", "/exports/field-notes.csv?personal=1&reason=omdat+het+moet+nu"):
        assert "call_back" not in as_user(cast.bas).get(path).text


def test_without_a_real_reason_nothing_goes_out_and_what_was_chosen_stays(db, as_user, cast, note):
    answer = as_user(cast.bas).post(PATH, data={"reason": "Zomaar", "dialect": "xlsx", "from": "2026-11-01"})
    assert answer.status_code == 422
    assert "Schrijf in minstens vier woorden op" in answer.text
    assert 'value="xlsx" checked' in answer.text
    assert 'value="2026-11-01"' in answer.text
    assert CALL_BACK["reach"] not in answer.text
    assert db.query(AuditEntry).filter_by(verb="export.taken").count() == 0


def test_who_did_not_just_show_who_they_are_or_is_no_manager_here_gets_no_name(db, as_user, cast, note):
    late = browser(session_cookie(db, cast.bas, confirmed=timedelta(hours=1)))
    token = tokens.create(db, db.get_one(User, cast.bas), name="Datawarehouse")
    db.commit()
    for answer in (late.get(PATH), late.post(PATH, data=WANTED)):
        assert answer.headers["location"].startswith("/session/confirmation")
    machine = browser()
    machine.headers["authorization"] = f"Bearer {token}"
    for answer in (machine.get(PATH), machine.post(PATH, data=WANTED)):
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_confirmed")
    for person in (cast.anna, cast.carla, cast.eva):
        assert as_user(person).post(PATH, data=WANTED).status_code == 403
    assert rows(as_user(cast.dirk).post(PATH, data=WANTED)) == []


@pytest.mark.parametrize("kind", ["field-notes", "taggings", "actions", "rules"])
def test_every_table_is_there_as_a_workbook_as_well(as_user, cast, note, kind):
    answer = as_user(cast.bas).get(f"/exports/{kind}.csv?dialect=xlsx")
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    assert "spreadsheetml" in answer.headers["content-type"]
