"""Bas turns on a code app: from then on his password alone opens nothing."""

from datetime import timedelta
from html import unescape
from re import search

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.clock import now
from app.models.user import signing_in
from app.models.user.table import UserSession, Way
from app.recognising import COOKIE
from tests.cast import PASSWORD, Cast
from tests.conftest import browser
from tests.looking import look
from tests.makers import session_cookie
from tests.routers.test_codes import newest_code

BAS = {"email": "bas@klantsafari.example", "password": PASSWORD}
STEP = "/session/second-step"


@pytest.fixture
def secret(as_user, cast: Cast) -> str:
    """Of the app of Bas, whose code of now was not used yet."""
    bas = as_user(cast.bas)
    asked = bas.get("/me/code-app/new").text
    sealed = search(r'name="sealed" value="([^"]+)"', asked)
    four = search(r'class="secret">([^<]+)<', asked)
    assert sealed
    assert four
    found = four[1].replace(" ", "")
    draft = {"sealed": unescape(sealed[1]), "code": "000000"}
    wrong = bas.post("/me/code-app", data=draft)
    assert wrong.status_code == 422
    assert four[1] in wrong.text
    shown = bas.post("/me/code-app", data=draft | {"code": code(found, -1)})
    assert shown.text.count("<li><code>") == 10
    assert bas.get("/me/code-app/new").status_code == 409
    return found


def code(secret: str, halves: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * halves))


def test_after_the_password_comes_the_code_and_only_then_a_session(visitor: TestClient, cast, secret):
    half = visitor.post("/login", data=BAS | {"next": "/me"})
    assert half.headers["location"] == STEP
    assert COOKIE not in visitor.cookies
    assert visitor.get("/me").headers["location"].startswith("/login")
    assert "bas" not in visitor.get(STEP).text.lower()
    wrong = visitor.post(STEP, data={"code": "000000"})
    assert wrong.status_code == 422
    answer = visitor.post(STEP, data={"code": code(secret)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")
    ways = look(select(UserSession.way).where(UserSession.user_id == cast.bas))
    assert Way.PASSWORD_AND_CODE in ways
    assert visitor.get(STEP).headers["location"].startswith("/login")


def test_half_in_is_worth_nothing_in_another_browser(visitor: TestClient, secret):
    visitor.post("/login", data=BAS)
    half = visitor.cookies["__Host-klantsafari-half"]
    thief = browser(f"__Host-klantsafari-half={half}")
    assert thief.post(STEP, data={"code": code(secret)}).headers["location"].startswith("/login")


def test_wrong_codes_run_out_and_a_right_password_does_not_bring_them_back(visitor: TestClient, secret):
    for _ in range(2):
        assert visitor.post("/login", data=BAS).status_code == 303
        for _ in range(signing_in.PER_ACCOUNT_AND_ADDRESS // 2):
            assert visitor.post(STEP, data={"code": "000000"}).status_code == 422
    visitor.post("/login", data=BAS)
    assert visitor.post(STEP, data={"code": code(secret)}).status_code == 429


def test_step_up_by_password_asks_the_code_too(cast: Cast, db, secret):
    bas = browser(session_cookie(db, cast.bas, confirmed=timedelta(hours=1)))
    db.commit()
    assert "Code uit je code-app" in bas.get("/session/confirmation").text
    assert bas.post("/session/confirmation", data={"password": PASSWORD}).status_code == 422
    given = {"password": PASSWORD, "code": code(secret), "next": "/me"}
    assert bas.post("/session/confirmation", data=given).headers["location"] == "/me"


def test_anna_ends_his_sessions_and_resets_his_app_and_he_is_told(as_user, visitor, cast: Cast, secret):
    anna, at = as_user(cast.anna), f"/settings/users/{cast.bas}/sign-in"
    shown = anna.get(at).text
    assert "Haal code-app weg" in shown
    assert anna.post(f"{at}/sessions/closure").headers["location"] == at
    assert anna.post(f"{at}/code-app/removal").headers["location"] == at
    assert look(select(UserSession.id).where(UserSession.user_id == cast.bas)) == []
    assert visitor.post("/login", data=BAS).headers["location"] == "/today"
    today = visitor.get("/today").text
    assert "je code-app weg" in today
    assert "logde je op" in today
    visitor.post("/me/notices/code_app_reset/closure")
    assert "je code-app weg" not in visitor.get("/today").text


def test_bas_turns_it_off_himself_and_the_password_is_enough(as_user, visitor, cast: Cast, secret):
    assert as_user(cast.bas).post("/me/code-app/removal").headers["location"] == "/me?saved=code-app-off"
    assert visitor.post("/login", data=BAS).headers["location"] == "/today"


def test_a_code_from_the_mail_does_not_go_round_the_app(visitor: TestClient, office, as_user, cast, secret):
    visitor.post("/session/code", data={"email": BAS["email"], "next": "/me"})
    answer = visitor.post("/session/code/proof", data={"code": newest_code(office)})
    assert answer.headers["location"] == STEP
    assert COOKIE not in visitor.cookies
    assert visitor.post(STEP, data={"code": code(secret)}).headers["location"] == "/me"
    assert Way.MAIL_CODE in look(select(UserSession.way).where(UserSession.user_id == cast.bas))
    bas = as_user(cast.bas)
    assert "Stuur mij een code" not in bas.get("/session/confirmation").text
    assert bas.post("/session/confirmation/code").status_code == 404
