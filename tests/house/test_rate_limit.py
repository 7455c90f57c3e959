"""A flood from one place or one sign-in is told to wait; nobody else notices."""

import pytest
from fastapi.testclient import TestClient
from limits import RateLimitItemPerMinute

from app import rate_limit
from app.main import create_app
from app.settings import settings
from tests.conftest import ORIGIN
from tests.makers import session_cookie

pytestmark = pytest.mark.phone
SMALL = RateLimitItemPerMinute(3)


@pytest.fixture
def at(stage):
    """at("203.0.113.5") is a browser there."""
    served = create_app()

    def of(address, **headers):
        asked = {"sec-fetch-site": "same-origin"} | headers
        return TestClient(served, base_url=ORIGIN, client=(address, 5), headers=asked, follow_redirects=False)

    return of


def test_who_knocks_at_the_doors_too_often_waits_and_the_neighbours_do_not(at, monkeypatch):
    monkeypatch.setattr(rate_limit, "AT_THE_DOORS", SMALL)
    here = at("203.0.113.5")
    paths = ("/login", "/invitations/made-up", "/join/made-up", "/login")
    answers = [here.get(path) for path in paths]
    assert [answer.status_code == 429 for answer in answers] == [False, False, False, True]
    assert answers[-1].headers["retry-after"] == "60"
    assert "Dit gaat te snel." in answers[-1].text
    assert at("203.0.113.5", cookie="made=up").get("/setup").status_code == 429
    assert at("203.0.113.6").get("/login").status_code == 200


def test_one_household_is_one_address(at, monkeypatch):
    monkeypatch.setattr(rate_limit, "BY_A_STRANGER", SMALL)
    for number in range(3):
        assert at(f"2001:db8::{number}").get("/offline").status_code == 200
    assert at("2001:db8::ffff").get("/offline").status_code == 429
    assert at("2001:db8:0:1::1").get("/offline").status_code == 200
    assert at("2001:db8::ffff").get("/health/live").status_code == 200


def test_one_sign_in_that_writes_too_much_waits_and_still_reads(at, db, cast, monkeypatch):
    monkeypatch.setattr(settings(), "writes_a_minute", 3)
    cookies = {name: session_cookie(db, user) for name, user in (("bas", cast.bas), ("carla", cast.carla))}
    db.commit()
    bas = at("203.0.113.5", cookie=cookies["bas"])
    profile = {"name": "Bas", "language": "nl"}
    assert [bas.post("/me", data=profile).status_code for _ in range(4)] == [303, 303, 303, 429]
    assert bas.get("/me").status_code == 200
    assert at("203.0.113.5", cookie=cookies["carla"]).post("/me", data=profile).status_code == 303
    told = bas.post("/api/v1/sync", json={}).json()
    assert told["error"]["code"] == "too_often"
