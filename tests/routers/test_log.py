import csv
import io

import pytest
from sqlmodel import col, select

from app.clock import new_id
from app.models.access import Role
from app.models.audit import chaining, checking
from app.models.audit.noting import note
from app.models.audit.table import AuditEntry
from tests.looking import look
from tests.makers_user import someone


@pytest.fixture
def told(db, cast, actor):
    """Two moves at the town hall, a closed team at Dirk's, and a password of no place."""
    for _ in range(2):
        note(db, "action.moved", "action", new_id(), by=actor(cast.bas), at=cast.town_hall, to="done")
    note(db, "team.changed", "team", new_id(), by=actor(cast.dirk), at=cast.branch)
    note(db, "user.password_changed", "user", cast.carla, by=actor(cast.carla))
    chaining.lengthen(db)
    checking.record(db, checking.check(db))
    db.commit()


def test_anna_reads_who_did_what_and_that_nobody_touched_it(as_user, cast, told):
    page = as_user(cast.anna).get("/log").text
    for words in ("Actie verplaatst", "Bas de Wit", "Stadskantoor", "Team gewijzigd", "Wachtwoord gewijzigd"):
        assert words in page
    assert "Niet aangeraakt. Nagekeken op" in page


def test_bas_sees_how_often_at_his_own_place_and_not_who(as_user, cast, told):
    page = as_user(cast.bas).get("/log").text
    assert "Actie verplaatst" in page
    assert '<td class="num">2</td>' in page
    for words in ("Team gewijzigd", "Wachtwoord gewijzigd", "Dirk", "Nagekeken op"):
        assert words not in page
    named = as_user(cast.bas).get("/log", params={"person": cast.dirk, "location": cast.branch}).text
    assert "Team gewijzigd" not in named


@pytest.mark.parametrize(
    ("only", "verbs"),
    [
        ({"person": "0190a000-0000-7000-8000-000000000014"}, {"team.changed"}),
        ({"verb": "action.moved"}, {"action.moved"}),
        ({"kind": "user"}, {"user.password_changed"}),
        ({"location": "0190a000-0000-7000-8000-000000000002"}, {"action.moved"}),
        ({"from": "2100-01-01"}, set()),
        ({"to": "2001-01-01"}, set()),
    ],
)
def test_page_json_and_file_follow_the_same_filter(as_user, cast, told, only, verbs):
    anna = as_user(cast.anna)
    listed = anna.get("/api/v1/log", params=only).json()["items"]
    assert {line["verb"] for line in listed} == verbs
    file = anna.get("/log/lines.csv", params=only | {"dialect": "rfc4180"})
    rows = list(csv.DictReader(io.StringIO(file.text, newline="")))
    assert {row["verb"] for row in rows} - {"export.taken"} == verbs
    assert {(line["id"], line["seq"]) for line in listed} <= {
        (row["id"], int(row["seq"] or 0)) for row in rows
    }
    assert anna.get("/log", params=only).text.count('class="rec"') == len(listed)


def test_taking_the_log_along_is_a_line_of_the_log(as_user, cast, told):
    as_user(cast.anna).get("/log/lines.csv", params={"person": cast.dirk})
    (taken,) = look(select(AuditEntry).where(AuditEntry.verb == "export.taken"))
    assert (taken.actor_id, taken.subject_id, taken.detail["filters"]) == (cast.anna, "log", ["person"])


def test_the_list_goes_on_where_it_stopped(as_user, cast, told):
    anna = as_user(cast.anna)
    first = anna.get("/api/v1/log?limit=3").json()
    rest = anna.get("/api/v1/log", params={"limit": 3, "cursor": first["next"]}).json()
    ids = [line["id"] for line in (*first["items"], *rest["items"])]
    assert len(ids) == len(set(ids)) == 4
    assert rest["next"] is None


def test_a_beheerder_of_one_part_reads_the_lines_of_that_part(as_user, cast, told, db):
    gert = someone(db, "gert@klantsafari.example", (Role.ADMIN, cast.bank))
    db.commit()
    listed = as_user(gert.id).get("/api/v1/log").json()["items"]
    assert {line["verb"] for line in listed} == {"team.changed"}


def test_what_a_browser_does_is_noted_with_its_kind_and_network(as_user, cast):
    bas = as_user(cast.bas)
    bas.headers["user-agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1"
    assert bas.post("/me", data={"name": "Bas de Wit", "language": "nl"}).status_code == 303
    (line,) = look(select(AuditEntry).where(col(AuditEntry.verb) == "user.changed"))
    assert line.device == "Safari, iPhone"


def test_days_the_wrong_way_round_are_said_at_the_field(as_user, cast):
    for who in (cast.anna, cast.bas):
        wrong = as_user(who).get("/log", params={"from": "2026-11-24", "to": "2026-11-01"})
        assert wrong.status_code == 422
        assert "De laatste dag ligt voor de eerste." in wrong.text
