"""Step-up: Anna has been signed in for an hour, and wants to do what touches others."""

from datetime import timedelta

from fastapi.testclient import TestClient

from app.models.user import signing_in
from app.recognising import COOKIE
from tests.cast import PASSWORD, Cast
from tests.makers import session_cookie


def signed_in_an_hour_ago(visitor: TestClient, db) -> TestClient:
    visitor.headers["cookie"] = session_cookie(db, Cast.anna, confirmed=timedelta(hours=1))
    db.commit()
    return visitor


def test_anna_shows_again_that_it_is_her_and_goes_on_where_she_was(visitor: TestClient, cast: Cast, db):
    anna = signed_in_an_hour_ago(visitor, db)
    before = anna.headers["cookie"]
    asked = anna.get("/settings/locations/new")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/session/confirmation?next=/settings/locations/new"
    shown = anna.get(asked.headers["location"])
    assert "Bevestig dat jij het bent" in shown.text
    given = {"password": PASSWORD, "next": "/settings/locations/new"}
    answer = anna.post("/session/confirmation", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings/locations/new")
    del anna.headers["cookie"]
    assert anna.get("/settings/locations/new").status_code == 200
    anna.cookies.clear()
    assert anna.get("/me", headers={"cookie": before}).status_code == 303


def test_a_wrong_password_confirms_nothing_and_tries_run_out(visitor: TestClient, cast: Cast, db):
    anna = signed_in_an_hour_ago(visitor, db)
    wrong = {"password": "iets heel anders", "next": "//evil.example"}
    answer = anna.post("/session/confirmation", data=wrong)
    assert answer.status_code == 422
    assert "Dit is niet je wachtwoord van nu." in answer.text
    assert COOKIE not in answer.headers.get("set-cookie", "")
    for _ in range(signing_in.PER_ACCOUNT_AND_ADDRESS - 1):
        anna.post("/session/confirmation", data=wrong)
    assert anna.post("/session/confirmation", data=wrong | {"password": PASSWORD}).status_code == 429


def test_a_form_that_comes_too_late_leads_to_the_question_and_back(visitor: TestClient, cast: Cast, db):
    anna = signed_in_an_hour_ago(visitor, db)
    user = f"/settings/users/{cast.carla}"
    answer = anna.post(f"{user}/closure", headers={"referer": f"https://testserver{user}"})
    assert answer.headers["location"] == f"/session/confirmation?next={user}"
    swapped = anna.post(
        f"{user}/closure", headers={"hx-request": "true", "hx-current-url": f"https://x{user}"}
    )
    assert swapped.status_code == 403
    assert swapped.headers["hx-redirect"] == f"/session/confirmation?next={user}"
