from datetime import timedelta

from sqlmodel import select

from app.clock import now
from app.models.audit.table import AuditEntry
from app.models.delivery.table import Device
from app.models.user.table import UserSession
from tests.cast import Cast
from tests.conftest import browser
from tests.looking import look
from tests.makers import session_cookie
from tests.makers_announced import PHONE, announced, phone
from tests.makers_note import HELD_AT


def signed_in_on(db, user_id: str, phone_id: str):
    """A browser of that user on that phone."""
    cookie = session_cookie(db, user_id)
    db.flush()
    newest = select(UserSession).where(UserSession.user_id == user_id)
    session = [one for one in db.exec(newest) if one.phone_id is None][-1]
    session.phone_id = phone_id
    db.commit()
    return browser(cookie)


def test_a_device_says_what_it_still_holds_and_which_one_this_is(as_user, cast: Cast, db):
    phone(db, cast.bas, unsent=3, oldest_at=HELD_AT)
    signed_in_on(db, cast.bas, PHONE)
    laptop = as_user(cast.bas)
    shown = laptop.get("/me/devices").text
    assert "Chrome, Android" in shown
    assert "Nog 3 notities niet verzonden." in shown
    assert "De oudste is van dinsdag 24 november." in shown
    assert shown.count("Dit toestel") == 1
    assert "Alles is verzonden." not in shown
    assert shown.count("Onbekend toestel</b>") + shown.count("Onbekend toestel <span") == 1
    assert "Chrome, Android" not in as_user(cast.dirk).get("/me/devices").text


def test_bas_signs_his_lost_phone_out_and_its_queue_pauses(as_user, cast: Cast, db):
    device = phone(db, cast.bas, unsent=2)
    of_dirk = phone(db, cast.dirk)
    lost, again = signed_in_on(db, cast.bas, PHONE), signed_in_on(db, cast.bas, PHONE)
    dirk = signed_in_on(db, cast.dirk, PHONE)
    laptop = as_user(cast.bas)
    assert laptop.post(f"/me/devices/{of_dirk.id}/closure").status_code == 404
    assert laptop.post(f"/me/devices/{device.id}/closure").headers["location"] == "/me/devices"
    for gone in (lost, again):
        assert gone.post("/api/v1/manifest", json=[]).status_code == 401
    assert dirk.post("/api/v1/manifest", json=[]).status_code == 200
    assert laptop.get("/me").status_code == 200
    shown = laptop.get("/me/devices").text
    assert "Uitgelogd." in shown
    assert "Nog 2 notities niet verzonden." in shown
    (told,) = look(select(AuditEntry).where(AuditEntry.verb == "device.signed_out"))
    assert told.detail == {"sessions": 2, "unsent": 2}


def test_a_device_that_holds_nothing_and_is_signed_out_is_not_listed(as_user, cast: Cast, db):
    phone(db, cast.bas, name="Firefox, Mac")
    db.commit()
    assert "Firefox" not in as_user(cast.bas).get("/me/devices").text


def test_ending_this_very_device_signs_out(cast: Cast, db):
    device = phone(db, cast.bas)
    own = signed_in_on(db, cast.bas, PHONE)
    assert 'action="/session/closure"' in own.get("/me/devices").text
    assert own.post(f"/me/devices/{device.id}/closure").headers["location"] == "/login"
    assert own.get("/me").status_code == 303


def test_a_session_that_ran_out_is_no_device(as_user, cast: Cast, db):
    signed_in_on(db, cast.bas, PHONE)
    over = db.exec(select(UserSession).where(UserSession.phone_id == PHONE)).one()
    over.expires_at = now() - timedelta(seconds=1)
    db.commit()
    assert as_user(cast.bas).get("/me/devices").text.count("Log dit toestel uit<") == 1


def test_the_way_to_what_never_arrived_is_shown_when_there_is_something(as_user, cast: Cast, db):
    assert "/deliveries" not in as_user(cast.bas).get("/me/devices").text
    announced(db, cast.bas, None)
    db.commit()
    assert "Niet aangekomen (1)" in as_user(cast.bas).get("/me/devices").text
    assert look(select(Device)) == []
