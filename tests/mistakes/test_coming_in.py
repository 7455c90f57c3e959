"""The likeliest mistakes 7 to 12: about sessions, forms, addresses and bodies."""

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from app.body_limit import STRANGER_LIMIT
from app.database import database
from app.models.audit.table import AuditEntry
from app.models.user import passwords
from app.models.user.table import User
from app.recognising import COOKIE
from tests.cast import PASSWORD
from tests.conftest import browser
from tests.faults.test_strangers import DOORS, MADE_UP, PIECE, Sender
from tests.house.routes import routes
from tests.looking import look
from tests.makers import session_cookie
from tests.mistakes.stage import canaries, pages

pytestmark = pytest.mark.phone
BAS = {"email": "bas@klantsafari.example", "password": PASSWORD}
TELLS = {"export.taken"}
"""What a GET may write: that somebody took data along."""


def test_07_a_session_that_is_ended_by_its_owner_or_a_beheerder_opens_nothing_any_more(
    visitor, db, cast, as_user
):
    visitor.post("/login", data=BAS)
    stolen = browser(f"{COOKIE}={visitor.cookies[COOKIE]}")
    assert stolen.get("/me").status_code == 200
    visitor.post("/session/closure")
    assert stolen.get("/me").status_code == 303
    carla = as_user(cast.carla)
    assert carla.get("/api/v1/me").status_code == 200
    db.get_one(User, cast.carla).disabled_at = db.get_one(User, cast.carla).created_at
    db.commit()
    assert carla.get("/api/v1/me").status_code == 401


def test_08_signing_in_always_makes_a_new_session_and_ends_the_one_before(db, cast):
    planted = session_cookie(db, cast.carla)
    db.commit()
    here = browser(planted)
    answer = here.post("/login", data=BAS)
    fresh = answer.headers["set-cookie"].partition(";")[0]
    assert fresh != planted
    assert browser(planted).get("/api/v1/me").status_code == 401
    assert browser(fresh).get("/api/v1/me").json()["id"] == cast.bas
    made_up = browser(f"{COOKIE}=chosen-by-somebody-else").post("/login", data=BAS)
    assert "chosen-by-somebody-else" not in made_up.headers["set-cookie"]


def test_09_looking_changes_nothing_and_a_form_of_another_site_is_not_taken(db, cast, as_user):
    ids = canaries(db)
    db.commit()
    bas = as_user(cast.bas)
    written: list[str] = []

    def watch(_c, _cursor, statement, *_rest):
        if statement.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            written.append(statement)

    before = set(look(select(AuditEntry.id)))
    event.listen(database().engine, "before_cursor_execute", watch)
    for route in pages():
        bas.get(route.path.format_map(ids))
    event.remove(database().engine, "before_cursor_execute", watch)
    verbs = look(select(AuditEntry.verb).where(col(AuditEntry.id).not_in(before)))
    assert set(verbs) <= TELLS
    assert len(written) == len(verbs), [statement for statement in written if "audit_entry" not in statement]
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "", "origin": "https://evil.example"},
    ):
        for route in routes():
            if route.method not in ("GET", "HEAD"):
                answer = bas.request(route.method, route.path.format_map(ids), headers=headers)
                assert answer.status_code == 403, route.name


def test_10_nobody_gives_themselves_another_address(visitor, monkeypatch):
    from app import cli

    for name in ("x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip", "true-client-ip"):
        visitor.post("/login", data=BAS, headers={name: "198.51.100.7", "x-forwarded-proto": "http"})
    assert set(look(select(AuditEntry.address).where(AuditEntry.verb == "session.opened"))) == {""}
    asked = {}
    monkeypatch.setattr("uvicorn.run", lambda *_, **options: asked.update(options))
    cli.serve(host="127.0.0.1", port=1)
    assert asked["forwarded_allow_ips"] == "127.0.0.1"


def test_11_a_stranger_learns_nothing_of_who_exists_and_a_megabyte_of_password_is_not_hashed(
    visitor, monkeypatch
):
    hashed: list[int] = []
    real = passwords._hasher.verify

    def verify(given: str, kept: str) -> bool:
        hashed.append(len(given))
        return real(given, kept)

    monkeypatch.setattr(passwords._hasher, "verify", verify)
    told = []
    for email in ("bas@klantsafari.example", "niemand@klantsafari.example"):
        answer = visitor.post("/login", data={"email": email, "password": "iets heel anders"})
        told.append((answer.status_code, answer.text.replace(email, ""), sorted(answer.headers)))
    assert told[0] == told[1]
    assert hashed == [16, 16], "the same work for both"
    for length in (1_000, 60_000, 1_000_000):
        long = visitor.post("/login", data=BAS | {"password": "x" * length})
        assert long.status_code in (413, 422)
    assert len(hashed) == 2


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_12_no_body_is_read_before_it_is_known_whose_it_is_and_how_large(stage, announced):
    for method, path, kind, status in DOORS:
        stranger = Sender(kind, MADE_UP, announced=announced)
        stranger.ask(method, path)
        assert (stranger.status, stranger.taken <= STRANGER_LIMIT + 2 * len(PIECE)) == (status, True), path
