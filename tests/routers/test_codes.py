"""Carla signs in with six digits from her mail; a stranger learns nothing and guesses nothing."""

import re
from datetime import timedelta

import time_machine
from fastapi.testclient import TestClient
from sqlmodel import select

from app.clock import now
from app.database import database
from app.models.user import by_code
from app.models.user.code_table import MailedCode
from app.models.user.signing_in import PER_ACCOUNT_AND_ADDRESS
from app.models.user.table import User
from app.recognising import COOKIE
from tests.cast import Cast
from tests.conftest import browser
from tests.makers import session_cookie
from tests.post_office import PostOffice, send_everything, words_of

CARLA = "carla@klantsafari.example"


def newest_code(office: PostOffice) -> str:
    send_everything()
    return re.findall(r"\b\d{6}\b", words_of(office.letters[-1]))[0]


def ask(visitor: TestClient, email: str = CARLA, wanted: str = "/me"):
    return visitor.post("/session/code", data={"email": email, "next": wanted})


def prove(visitor: TestClient, code: str):
    return visitor.post("/session/code/proof", data={"code": code})


def test_carla_signs_in_with_the_code_from_her_mail(visitor: TestClient, office: PostOffice, cast: Cast):
    assert "Stuur mij een code" in visitor.get("/login").text
    assert "E-mailadres" in visitor.get("/session/code/new?next=/me").text
    assert ask(visitor).headers["location"] == "/session/code"
    shown = visitor.get("/session/code").text
    assert 'autocomplete="one-time-code"' in shown
    code = newest_code(office)
    answer = prove(visitor, f"{code[:3]} {code[3:]}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")
    assert "Carla Smit" in visitor.get("/me").text
    assert prove(visitor, code).status_code == 404


def test_a_stranger_hears_the_same_and_gets_nothing(visitor: TestClient, office: PostOffice, cast: Cast):
    known, unknown = ask(visitor), ask(browser(), "niemand@klantsafari.example")
    assert (known.status_code, known.headers["location"]) == (
        unknown.status_code,
        unknown.headers["location"],
    )
    shown = visitor.get("/session/code").text
    other = browser()
    ask(other, "niemand@klantsafari.example")
    assert other.get("/session/code").text == shown.replace(CARLA, "niemand@klantsafari.example")
    send_everything()
    assert [letter["to"] for letter in office.letters] == [f"Carla Smit <{CARLA}>"]


def test_a_code_works_only_in_the_browser_that_asked(visitor: TestClient, office: PostOffice, cast: Cast):
    ask(visitor)
    code = newest_code(office)
    other = browser()
    assert prove(other, code).status_code == 404
    ask(other, "niemand@klantsafari.example")
    assert prove(other, code).status_code == 422
    assert prove(visitor, code).status_code == 303


def test_five_tries_ten_minutes_and_only_the_last_code(visitor: TestClient, office: PostOffice, cast: Cast):
    ask(visitor)
    first = newest_code(office)
    wrong = "000000" if first != "000000" else "111111"
    answers = {prove(visitor, wrong).status_code for _ in range(by_code.TRIES)}
    assert answers == {422}
    assert prove(visitor, first).status_code == 422
    before = browser()
    ask(before)
    second = newest_code(office)
    ask(visitor)
    assert prove(before, second).status_code == 422
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert prove(visitor, newest_code(office)).status_code in (404, 422)


def test_tries_run_out_and_so_do_letters(visitor: TestClient, office: PostOffice, cast: Cast):
    answers = [ask(visitor).status_code for _ in range(PER_ACCOUNT_AND_ADDRESS + 1)]
    assert answers[-1] == 429
    with time_machine.travel(now() + timedelta(minutes=20)):
        assert ask(visitor).status_code == 303
    with database().reading() as db:
        assert (
            len(db.exec(select(MailedCode).where(MailedCode.user_id == cast.carla)).all()) == by_code.AN_HOUR
        )


def test_who_is_disabled_gets_no_code(visitor: TestClient, office: PostOffice, cast: Cast, db):
    db.get_one(User, cast.carla).disabled_at = now()
    db.commit()
    ask(visitor)
    assert send_everything() == 0


def test_anna_shows_that_it_is_her_with_a_code(visitor: TestClient, office: PostOffice, cast: Cast, db):
    visitor.headers["cookie"] = session_cookie(db, cast.anna, confirmed=timedelta(hours=1))
    db.commit()
    assert "Stuur mij een code" in visitor.get("/session/confirmation?next=/settings/sign-in").text
    asked = visitor.post("/session/confirmation/code", data={"next": "/settings/sign-in"})
    visitor.headers["cookie"] += f"; {asked.headers['set-cookie'].split(';')[0]}"
    code = newest_code(office)
    stranger = browser(asked.headers["set-cookie"].split(";")[0])
    assert prove(stranger, code).headers["location"].startswith("/login")
    answer = prove(visitor, code)
    assert answer.headers["location"] == "/settings/sign-in"
    assert COOKIE in answer.headers["set-cookie"]
    del visitor.headers["cookie"]
    assert visitor.get("/settings/sign-in").status_code == 200


def test_anna_mails_an_invitation_and_a_trial(as_user, office: PostOffice, cast: Cast):
    anna = as_user(cast.anna)
    given = {"name": "Fatima", "email": "fatima@x.example", "role": "teamlid", "location_id": cast.town_hall}
    shown = anna.post("/settings/invitations", data=given).text
    path = re.findall(r'action="(/settings/invitations/[^"]+/mail)"', shown)[0]
    token = re.findall(r'name="token" value="([^"]+)"', shown)[0]
    assert anna.post(path, data={"token": "another"}).status_code == 404
    assert "gaat naar fatima@x.example" in anna.post(path, data={"token": token}).text
    assert anna.post("/settings/sign-in/trial-mail").status_code == 303
    send_everything()
    invitation, trial = office.letters
    assert f"https://testserver/invitations/{token}" in words_of(invitation)
    assert trial["to"] == "Anna Bakker <anna@klantsafari.example>"
    assert "Laatst verzonden" in anna.get("/settings/sign-in").text
