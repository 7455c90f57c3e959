import re
import time
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.errors import TooMany
from app.models.user import signing_in
from app.models.user.actors import digest
from app.models.user.table import User, UserSession
from app.recognising import COOKIE
from tests.cast import PASSWORD, Cast

BAS = {"email": "bas@klantsafari.example", "password": PASSWORD}


def test_bas_signs_in_and_his_browser_keeps_a_strict_cookie(visitor: TestClient, db):
    answer = visitor.post("/login", data=BAS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    cookie = answer.headers["set-cookie"]
    for part in (f"{COOKIE}=", "HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "domain" not in cookie.lower()
    assert visitor.get("/me").status_code == 200
    token = visitor.cookies[COOKIE]
    assert len(token) >= 43
    assert db.exec(select(UserSession.token_hash)).one() == digest(token)


@pytest.mark.parametrize(
    "given",
    [
        {"email": "niemand@klantsafari.example", "password": PASSWORD},
        {"email": "bas@klantsafari.example", "password": "iets heel anders"},
        {"email": "eva@klantsafari.example", "password": PASSWORD},
    ],
    ids=["unknown", "wrong", "disabled"],
)
def test_unknown_wrong_and_disabled_look_the_same(visitor: TestClient, cast: Cast, db, given):
    from app.clock import now

    db.get(User, cast.eva).disabled_at = now()
    db.commit()
    answer = visitor.post("/login", data=given)
    assert answer.status_code == 422
    assert "E-mailadres of wachtwoord klopt niet." in answer.text
    assert given["email"] in answer.text
    assert given["password"] not in answer.text
    assert "set-cookie" not in answer.headers


def test_an_unknown_address_takes_as_long_as_a_wrong_password(visitor: TestClient):
    def took(email: str) -> float:
        began = time.perf_counter()
        visitor.post("/login", data={"email": email, "password": "iets heel anders"})
        return time.perf_counter() - began

    took("warm@klantsafari.example")
    known = min(took("bas@klantsafari.example") for _ in range(4))
    unknown = min(took("niemand@klantsafari.example") for _ in range(4))
    assert 0.4 < unknown / known < 2.5


def test_signing_in_again_ends_the_session_this_browser_had(visitor: TestClient, db):
    visitor.post("/login", data=BAS)
    first = visitor.cookies[COOKIE]
    visitor.post("/login", data=BAS)
    assert visitor.cookies[COOKIE] != first
    assert db.exec(select(UserSession.token_hash)).all() == [digest(visitor.cookies[COOKIE])]


def test_signing_out_ends_the_session_itself_and_clears_what_the_browser_cached(visitor: TestClient):
    visitor.post("/login", data=BAS)
    token = visitor.cookies[COOKIE]
    answer = visitor.post("/session/closure")
    assert answer.headers["location"] == "/login"
    assert answer.headers["clear-site-data"] == '"cache"'
    again = visitor.get("/me", headers={"cookie": f"{COOKIE}={token}"})
    assert again.headers["location"].startswith("/login")


@pytest.mark.parametrize(
    ("wanted", "gets"),
    [
        ("/field-notes?tag=wait", "/field-notes?tag=wait"),
        ("//evil.example", "/today"),
        ("//[", "/today"),
        ("/\\evil.example", "/today"),
        ("https://evil.example", "/today"),
        ("javascript:alert(1)", "/today"),
        ("/\t/evil.example", "/today"),
        ("today", "/today"),
        ("", "/today"),
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(visitor: TestClient, wanted, gets):
    assert visitor.post("/login", data=BAS | {"next": wanted}).headers["location"] == gets


@pytest.mark.parametrize(
    "wanted", ["/field-notes?tag=wachttijd&q=wie+%26+wat", "/field-notes/x", "/me?saved=profile"]
)
def test_bas_gets_exactly_the_page_that_he_wanted_before_he_signed_in(visitor: TestClient, wanted):
    door = visitor.get(visitor.get(wanted).headers["location"]).text
    asked = re.search(r'name="next" value="([^"]*)"', door)
    assert asked
    assert visitor.post("/login", data=BAS | {"next": unescape(asked[1])}).headers["location"] == wanted


def test_the_door_forgets_a_wish_for_another_site(visitor: TestClient):
    assert 'name="next" value=""' in visitor.get("/login?next=//evil.example/me%3Fa%3Db").text


def test_ten_wrong_passwords_lock_that_account_for_that_address_only(cast: Cast, db, monkeypatch):
    monkeypatch.setattr(signing_in, "PER_ADDRESS", 50)
    for _ in range(10):
        signing_in.knock(db, "bas@klantsafari.example", "203.0.113.7")
        db.flush()
    with pytest.raises(TooMany) as wait:
        signing_in.knock(db, "bas@klantsafari.example", "203.0.113.7")
    assert 0 < int(str(wait.value.details["seconds"])) <= 900
    signing_in.knock(db, "carla@klantsafari.example", "203.0.113.7")
    signing_in.knock(db, "bas@klantsafari.example", "198.51.100.1")


def test_fifty_tries_from_one_address_are_enough_whatever_the_accounts(cast: Cast, db):
    for number in range(50):
        signing_in.knock(db, f"p{number}@klantsafari.example", f"2001:db8::{number}")
        db.flush()
    with pytest.raises(TooMany):
        signing_in.knock(db, "bas@klantsafari.example", "2001:db8::ffff")
    signing_in.knock(db, "bas@klantsafari.example", "2001:db8:0:1::1")


def test_too_many_tries_get_a_clear_page_that_says_how_long_to_wait(visitor: TestClient, monkeypatch):
    monkeypatch.setattr(signing_in, "PER_ACCOUNT_AND_ADDRESS", 2)
    wrong = BAS | {"password": "iets heel anders"}
    assert [visitor.post("/login", data=wrong).status_code for _ in range(3)] == [422, 422, 429]
    answer = visitor.post("/login", data=BAS)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert "Te vaak geprobeerd" in answer.text


def test_a_right_password_forgets_the_tries_before_it(visitor: TestClient, monkeypatch):
    monkeypatch.setattr(signing_in, "PER_ACCOUNT_AND_ADDRESS", 3)
    wrong = BAS | {"password": "iets heel anders"}
    for _ in range(3):
        assert visitor.post("/login", data=wrong).status_code == 422
        assert visitor.post("/login", data=wrong).status_code == 422
        assert visitor.post("/login", data=BAS).status_code == 303


def test_a_megabyte_of_password_is_refused_before_it_is_hashed(visitor: TestClient, as_user, cast: Cast):
    huge = BAS | {"password": "x" * 1_000_000}
    began = time.perf_counter()
    assert visitor.post("/login", data=huge).status_code == 413
    assert as_user(cast.bas).post("/login", data=huge).status_code == 422
    assert visitor.post("/login", data=BAS | {"password": "x" * 30_000}).status_code == 422
    assert time.perf_counter() - began < 2


def test_by_plain_http_the_page_says_that_signing_in_needs_https(visitor: TestClient):
    assert "begint met http" not in visitor.get("/login").text
    assert "begint met http" in visitor.get("http://safari.example/login").text
    assert "begint met http" not in visitor.get("http://localhost:8000/login").text


def test_who_is_signed_in_begins_at_today_and_others_at_the_door(visitor: TestClient, as_user, cast: Cast):
    assert visitor.get("/").headers["location"] == "/login"
    assert as_user(cast.eva).get("/").headers["location"] == "/today"
    assert as_user(cast.eva).get("/login").headers["location"] == "/today"


def test_what_an_open_page_sends_for_bas_is_not_taken_for_dirk_who_signed_in_since(as_user, cast):
    browser = as_user(cast.dirk)
    meant = {"Klantsafari-User": cast.bas}
    assert browser.get("/api/v1/me").status_code == 200
    assert browser.get("/api/v1/me", headers=meant).status_code == 401
    assert browser.post("/api/v1/manifest", json=[], headers=meant).status_code == 401
