"""The slow part of a password keeps nobody waiting, and wrong ones are counted."""

import asyncio
import time
from threading import Lock

import pytest
from httpx2 import ASGITransport, AsyncClient
from sqlmodel import text

from app.database import database
from app.models.user import passwords, signing_in
from tests.cast import PASSWORD, Cast
from tests.conftest import ORIGIN, browser, served
from tests.makers import session_cookie
from tests.makers_user import invitation
from tests.waiting import wait_for

RENEWED = {"old": PASSWORD, "new": "negen gele tulpen"}
FATIMA = {"name": "Fatima El Amrani", "password": "negen gele tulpen"}
FIRST = {
    "organisation": "Gemeente Elzenmeer",
    "location": "Stadskantoor",
    "name": "Anna Bakker",
    "email": "anna@elzenmeer.example",
    "password": "zeven groene fietsen",
}


class Watched:
    """Argon2, while somebody else writes; and how many of it at once."""

    def __init__(self, real):
        self.real, self.lock, self.now, self.most, self.judged = real, Lock(), 0, 0, 0

    def hash(self, password):
        return self._watch(lambda: self.real.hash(password))

    def verify(self, password, stored):
        return self._watch(lambda: self.real.verify(password, stored))

    def _watch(self, do):
        with self.lock:
            self.now, self.judged = self.now + 1, self.judged + 1
            self.most = max(self.most, self.now)
        try:
            with database().writing() as other:
                other.execute(text("PRAGMA busy_timeout" if database().is_sqlite else "SELECT 1"))
            time.sleep(0.05)
            return do()
        finally:
            with self.lock:
                self.now -= 1


@pytest.fixture
def argon2(monkeypatch) -> Watched:
    watched = Watched(passwords._hasher)
    monkeypatch.setattr(passwords, "_hasher", watched)
    return watched


def test_others_write_while_eva_changes_her_password(as_user, cast: Cast, argon2):
    assert as_user(cast.eva).post("/me/password", data=RENEWED).status_code == 303
    assert argon2.judged == 2


def test_others_write_while_fatima_chooses_her_password(visitor, cast: Cast, db, argon2):
    token = invitation(db)
    db.commit()
    assert visitor.post(f"/invitations/{token}/acceptance", data=FATIMA).status_code == 303
    assert argon2.judged == 1


def test_others_write_while_the_first_password_is_chosen(empty_stage, argon2):
    assert browser().post("/setup", data=FIRST).status_code == 303
    assert argon2.judged == 1


def test_without_a_good_link_or_an_empty_house_nothing_is_hashed(visitor, cast: Cast, argon2):
    assert visitor.post("/invitations/made-up/acceptance", data=FATIMA).status_code == 404
    assert visitor.post("/setup", data=FIRST).status_code == 404
    assert visitor.post("/me/password", data=RENEWED).headers["location"] == "/login"
    assert argon2.judged == 0


def test_of_five_at_once_two_are_judged_at_a_time(cast: Cast, stage, argon2):
    with database().writing() as db:
        cookies = [session_cookie(db, who) for who in (cast.anna, cast.bas, cast.carla, cast.dirk, cast.eva)]
    app = served()

    async def renew(cookie: str) -> int:
        headers = {"sec-fetch-site": "same-origin", "cookie": cookie}
        async with AsyncClient(transport=ASGITransport(app), base_url=ORIGIN, headers=headers) as person:
            return (await person.post("/me/password", data=RENEWED)).status_code

    async def at_once() -> list[int]:
        return await asyncio.gather(*map(renew, cookies))

    assert set(wait_for(at_once())) == {303}
    assert argon2.most <= 2


def test_who_guesses_evas_old_password_at_her_desk_has_to_wait(as_user, cast: Cast, monkeypatch):
    monkeypatch.setattr(signing_in, "PER_ACCOUNT_AND_ADDRESS", 2)
    eva = as_user(cast.eva)
    wrong = RENEWED | {"old": "iets heel anders"}
    assert [eva.post("/me/password", data=wrong).status_code for _ in range(3)] == [422, 422, 429]
    late = eva.post("/me/password", data=RENEWED)
    assert late.status_code == 429
    assert "Te vaak geprobeerd" in late.text


def test_a_right_old_password_forgets_the_wrong_ones_and_a_weak_new_one_counts_for_nothing(
    as_user, cast: Cast, monkeypatch
):
    monkeypatch.setattr(signing_in, "PER_ACCOUNT_AND_ADDRESS", 2)
    eva, old = as_user(cast.eva), PASSWORD
    for new in ("negen gele tulpen", "elf paarse wolken"):
        assert eva.post("/me/password", data={"old": "iets heel anders", "new": new}).status_code == 422
        for _ in range(3):
            weak = eva.post("/me/password", data={"old": old, "new": "klantsafari-eva-1"})
            assert weak.status_code == 422
        assert eva.post("/me/password", data={"old": old, "new": new}).status_code == 303
        old = new
