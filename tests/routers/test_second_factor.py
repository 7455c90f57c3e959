"""Anna asks a second factor of managers: Bas can do nothing else until he has one, and loses nothing meanwhile."""

import json
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.clock import now
from app.database import database
from app.models.access import Role
from app.models.audit.table import AuditEntry
from app.models.user.forced_table import ForcedRole
from app.models.user.table import UserSession
from app.recognising import COOKIE, Open
from app.settings import settings
from tests.authenticator import Authenticator
from tests.cast import PASSWORD, Cast
from tests.conftest import browser
from tests.house.routes import Guarded, routes
from tests.looking import look
from tests.makers import session_cookie
from tests.makers_delivery import waiting
from tests.makers_note import running_safari
from tests.makers_second_factor import asked_of, code, set_up_app
from tests.makers_sso import sign_in

pytestmark = pytest.mark.phone
BAS = {"email": "bas@klantsafari.example", "password": PASSWORD}
SETTING = "/settings/sign-in/second-factor"
HERE = "/second-factor"


def test_bas_is_led_to_a_code_app_and_then_in(visitor: TestClient, cast: Cast):
    asked_of(Role.MANAGER)
    visitor.post("/login", data=BAS)
    left = visitor.get("/actions?who=mine")
    assert left.headers["location"] == "/second-factor?next=/actions%3Fwho%3Dmine"
    page = visitor.get(left.headers["location"]).text
    assert page.index("Maak toegangssleutel") < page.index("Code-app instellen") < page.index("Uitloggen")
    assert "Vandaag</a>" not in page
    refused = visitor.get("/api/v1/me")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "second_factor.due")
    moved = visitor.get("/today", headers={"hx-request": "true"})
    assert moved.headers["hx-redirect"] == HERE
    set_up_app(visitor)
    assert visitor.get("/today").status_code == 200
    assert visitor.get(f"{HERE}?next=/me").headers["location"] == "/me"


def test_a_passkey_is_enough_and_the_only_one_stays(visitor: TestClient, cast: Cast):
    asked_of(Role.MANAGER)
    visitor.post("/login", data=BAS)
    assert "Kies iets anders" in visitor.get("/me/passkeys/new").text
    sent = Authenticator().makes(visitor.get("/me/passkeys/options").json(), key_name="Mijn telefoon")
    assert visitor.post("/me/passkeys", data=sent).headers["location"] == "/today"
    shown = visitor.get("/me").text
    key = shown.split("/me/passkeys/")[1].partition("/")[0]
    last = visitor.post(f"/me/passkeys/{key}/removal")
    assert (last.status_code, "dit is je enige" in last.text) == (422, True)


def test_who_only_knows_the_password_makes_no_second_factor_beside_the_one_of_bas(
    as_user, visitor: TestClient, cast: Cast
):
    bas, phone = as_user(cast.bas), Authenticator()
    question = bas.get("/me/passkeys/options")
    bas.headers["cookie"] += f"; {question.headers['set-cookie'].partition(';')[0]}"
    bas.post("/me/passkeys", data=phone.makes(question.json(), key_name="Mijn telefoon"))
    asked_of(Role.MANAGER)
    visitor.post("/login", data=BAS)
    assert "Ga verder met toegangssleutel" in visitor.get(HERE).text
    for path in ("/me/code-app/new", "/me/passkeys/new", "/me/passkeys/options"):
        assert visitor.get(path).headers["location"].startswith(HERE)
    proof = phone.proves(visitor.get("/session/passkey/options").json(), next="/me")
    assert visitor.post("/session/confirmation/passkey", data=proof).headers["location"] == "/me"
    assert visitor.get("/me").status_code == 200


def test_a_code_shows_it_in_a_session_from_before(as_user, cast: Cast, db):
    old = browser(session_cookie(db, cast.bas))
    db.commit()
    secret = set_up_app(as_user(cast.bas))
    asked_of(Role.MANAGER)
    assert "Code van 6 cijfers" in old.get(HERE).text
    assert old.post(f"{HERE}/proof", data={"code": "000000"}).status_code == 422
    answer = old.post(f"{HERE}/proof", data={"code": code(secret), "next": "/me"})
    assert answer.headers["location"] == "/me"
    new = browser(answer.headers["set-cookie"].partition(";")[0])
    assert new.get("/me").status_code == 200
    assert old.get("/me").headers["location"].startswith("/login")


def test_a_phone_that_was_signed_in_already_goes_on_sending_and_a_new_sign_in_waits(
    as_user, visitor: TestClient, cast: Cast, db
):
    safari = running_safari(db, cast.town_hall, cast.bas)
    cookie = session_cookie(db, cast.bas)
    db.commit()
    note, phone = waiting(safari.id), browser(cookie)
    look_back = select(UserSession).where(UserSession.user_id == cast.bas)
    began = look(look_back)[0].created_at
    with database().writing() as later:
        later.add(ForcedRole(role=Role.MANAGER, since=began + timedelta(seconds=1)))
    visitor.post("/login", data=BAS)
    with database().writing() as later:
        later.get_one(ForcedRole, Role.MANAGER).since = began + timedelta(microseconds=1)
    json_type = {"content-type": "application/json"}
    said = json.dumps([note.announced])
    held = visitor.post("/api/v1/manifest", content=said, headers=json_type)
    assert (held.status_code, held.json()["error"]["code"]) == (401, "second_factor.due")
    assert visitor.put(f"/api/v1/field-notes/{note.id}", content=note.sent).status_code == 401
    assert phone.get("/today").headers["location"].startswith(HERE)
    assert phone.get(f"/api/v1/field-notes/{note.id}").status_code == 401
    assert "Dat wordt gewoon verzonden" in phone.get(HERE).text
    assert phone.get("/api/v1/me/phone-key").status_code == 200
    assert (
        phone.post("/api/v1/manifest", content=said, headers=json_type).json()["notes"][0]["state"]
        == "unknown"
    )
    for status in (201, 200):
        assert phone.put(f"/api/v1/field-notes/{note.id}", content=note.sent).status_code == status


def test_anna_asks_it_only_once_she_has_one_herself_and_it_is_logged(as_user, cast: Cast):
    anna = as_user(cast.anna)
    assert "5 mensen" not in anna.get("/settings/sign-in").text
    asked = {"roles": ["beheerder", "manager"]}
    refused = anna.post(SETTING, data=asked)
    assert (refused.status_code, "Je hebt zelf nog geen tweede stap" in refused.text) == (422, True)
    assert look(select(ForcedRole)) == []
    assert anna.post(SETTING, data={"roles": ["manager"]}).status_code == 303
    set_up_app(anna)
    other = as_user(cast.anna)
    assert "Laat eerst zien" in other.post(SETTING, data=asked).text
    for _ in range(2):
        assert anna.post(SETTING, data=asked).status_code == 303
    assert anna.get("/today").status_code == 200
    details = look(select(AuditEntry.detail).where(AuditEntry.verb == "sign_in.second_factor_asked"))
    assert sorted(len(one["roles"]) for one in details) == [1, 2]
    assert anna.post("/me/code-app/removal").status_code == 422
    assert anna.post(SETTING, data={}).status_code == 303
    assert anna.post("/me/code-app/removal").status_code == 303


def test_anna_takes_away_the_passkeys_of_bas_who_lost_his_phone(as_user, visitor, cast: Cast):
    bas, anna = as_user(cast.bas), as_user(cast.anna)
    question = bas.get("/me/passkeys/options")
    bas.headers["cookie"] += f"; {question.headers['set-cookie'].partition(';')[0]}"
    bas.post("/me/passkeys", data=Authenticator().makes(question.json(), key_name="Mijn telefoon"))
    asked_of(Role.MANAGER)
    at = f"/settings/users/{cast.bas}/sign-in"
    assert "Haal toegangssleutels weg" in anna.get(at).text
    for _ in range(2):
        assert anna.post(f"{at}/passkeys/removal").headers["location"] == at
    visitor.post("/login", data=BAS)
    set_up_app(visitor)
    assert "je toegangssleutels weg" in visitor.get("/today").text


OPEN = {
    Open.ALWAYS: {
        "GET /second-factor", "POST /second-factor/proof", "POST /session/closure",
        "GET /session/confirmation", "POST /session/confirmation", "POST /session/confirmation/passkey",
        "POST /session/confirmation/code", "POST /session/code/proof",
        "GET /session/sso/confirmation", "GET /session/sso/answer",
    },
    Open.TO_SET_UP: {
        "GET /me/passkeys/new", "GET /me/passkeys/options", "POST /me/passkeys",
        "GET /me/code-app/new", "POST /me/code-app",
    },
    Open.TO_SEND: {
        "POST /api/v1/manifest", "POST /api/v1/sync", "PUT /api/v1/field-notes/{note_id}",
        "PUT /api/v1/field-notes/{note_id}/blobs/{sha256}", "GET /api/v1/field-notes/{note_id}/blobs/{sha256}",
        "HEAD /api/v1/field-notes/{note_id}/blobs/{sha256}", "PUT /api/v1/safaris/{safari_id}",
        "PUT /api/v1/safaris/{safari_id}/closure", "GET /api/v1/me/phone-key",
    },
}  # fmt: skip


def test_no_other_route_answers_who_owes_a_second_factor(visitor: TestClient, cast: Cast):
    assert {kind: {route.name for route in routes() if route.while_due is kind} for kind in Open} == OPEN
    asked_of(Role.MANAGER)
    visitor.post("/login", data=BAS)
    others = [route for route in routes() if not route.while_due and route.permissions - {"public"}]
    assert [route.name for route in others if not _held_back(visitor, route)] == []


def _held_back(visitor: TestClient, route: Guarded) -> bool:
    answer = visitor.request(route.method, route.path.replace("{", "").replace("}", ""))
    if route.method == "HEAD" or answer.status_code == 401:
        return answer.status_code == 401
    return answer.headers.get("location", "").startswith(HERE)


@pytest.mark.parametrize(
    "told", [{"amr": ["pwd", "mfa"]}, {"amr": ["hwk"]}, {"acr": "https://refeds.org/profile/mfa"}]
)
def test_a_provider_that_says_it_asked_is_believed(visitor: TestClient, issuer, cast: Cast, told):
    asked_of(Role.MEMBER)
    issuer.claims |= told
    sign_in(visitor, issuer)
    assert visitor.get("/today").status_code == 200


def test_else_our_own_is_asked_after_it_unless_a_setting_vouches(visitor, issuer, cast: Cast, monkeypatch):
    issuer.claims |= {"auth_time": int(now().timestamp()), "amr": ["pwd", "sms"]}
    sign_in(visitor, issuer)
    visitor.post("/session/closure")
    asked_of(Role.MEMBER)
    sign_in(visitor, issuer)
    assert visitor.get("/today").headers["location"].startswith(HERE)
    assert "/session/sso/confirmation" in visitor.get(HERE).text
    secret = set_up_app(visitor)
    visitor.post("/session/closure")
    assert sign_in(visitor, issuer, "/session/sso?next=/me").headers["location"] == "/session/second-step"
    assert COOKIE not in visitor.cookies
    assert visitor.post("/session/second-step", data={"code": code(secret)}).headers["location"] == "/me"
    assert visitor.get("/me").status_code == 200
    visitor.post("/session/closure")
    monkeypatch.setenv("KLANTSAFARI_OIDC_SECOND_FACTOR", "true")
    settings.cache_clear()
    assert sign_in(visitor, issuer, "/session/sso?next=/me").headers["location"] == "/me"
    assert visitor.get("/me").status_code == 200
