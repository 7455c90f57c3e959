"""A stranger who guesses at Bas's password locks out nobody but themselves."""

from datetime import timedelta

import pytest
import time_machine
from sqlmodel import Session

from app.clock import now
from app.errors import TooMany
from app.models.user import signing_in
from app.models.user.table import User
from app.networks import as_counted, as_kept
from tests.cast import Cast

BAS = "bas@klantsafari.example"


def wait_for(db: Session, email: str, address: str, browser: str = "", **how) -> int | None:
    """Seconds to wait, or None when the try is allowed."""
    try:
        signing_in.knock(db, email, address, browser, **how)
    except TooMany as wait:
        return int(str(wait.details["seconds"]))
    db.flush()
    return None


@pytest.fixture
def his(db: Session, cast: Cast) -> str:
    """The browser in which Bas signed in before."""
    signing_in.admit(db, db.get_one(User, cast.bas), address="203.0.113.7", device="", browser="his")
    db.flush()
    return "his"


def test_a_hundred_tries_from_everywhere_brake_the_account_but_not_the_browser_of_bas(db, cast, his):
    for number in range(signing_in.PER_ACCOUNT_A_DAY):
        assert wait_for(db, BAS, f"198.51.100.{number}", f"strange {number}") is None
    wait = wait_for(db, BAS, "192.0.2.1", "strange")
    assert wait is not None
    assert 86_000 < wait <= 86_400
    assert wait_for(db, BAS, "192.0.2.1", his) is None
    assert wait_for(db, "carla@klantsafari.example", "192.0.2.1", "strange") is None
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        assert wait_for(db, BAS, "192.0.2.1", "strange") is None


def test_a_colleague_who_uses_up_the_address_of_the_office_does_not_stop_bas(db, cast, his):
    for number in range(signing_in.PER_ADDRESS):
        wait_for(db, f"p{number}@klantsafari.example", "203.0.113.7")
    assert wait_for(db, BAS, "203.0.113.7", "new") is not None
    assert wait_for(db, BAS, "203.0.113.7", his) is None


def test_his_own_browser_has_ten_tries_too_and_is_known_for_his_account_only(db, cast, his):
    for _ in range(signing_in.PER_ACCOUNT_AND_ADDRESS):
        assert wait_for(db, BAS, "203.0.113.7", his) is None
    assert wait_for(db, BAS, "203.0.113.7", his) is not None
    for _ in range(signing_in.PER_ACCOUNT_AND_ADDRESS):
        wait_for(db, "carla@klantsafari.example", "203.0.113.7", his)
    assert wait_for(db, "carla@klantsafari.example", "203.0.113.7", his) is not None


def test_codes_are_counted_apart_from_passwords(db, cast):
    for _ in range(signing_in.PER_ACCOUNT_AND_ADDRESS):
        wait_for(db, BAS, "203.0.113.7", kind="code")
    assert wait_for(db, BAS, "203.0.113.7", kind="code") is not None
    signing_in.forget(db, BAS, "203.0.113.7")
    assert wait_for(db, BAS, "203.0.113.7") is None
    assert wait_for(db, BAS, "203.0.113.7", kind="code") is not None


def test_of_an_address_only_enough_is_kept_to_tell_where_roughly():
    assert as_kept("203.0.113.77") == "203.0.113.0/24"
    assert as_kept("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert as_kept("::1") == "::/48"
    assert as_kept("testclient") == ""
    assert as_counted("2001:db8:1:2::3") == as_counted("2001:db8:1:2:ffff::4") == "2001:db8:1:2::/64"
    assert as_counted("203.0.113.77") == "203.0.113.77"
