"""Fatima comes in by the organisation's own sign-in; and who only says to come from there does not."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.clock import now
from app.database import database
from app.models.access import Role
from app.models.audit.table import AuditEntry
from app.models.user.actors import digest
from app.models.user.proof_table import UserIdentity
from app.models.user.table import Invitation, Membership, User
from app.oidc import fetching
from app.oidc import provider as known
from app.recognising import COOKIE
from app.settings import settings
from tests.cast import PASSWORD, Cast
from tests.conftest import browser
from tests.fake_issuer import CLIENT, SECRET, Claims, FakeIssuer
from tests.makers import session_cookie

FATIMA = {"email": "fatima@klantsafari.example", "name": "Fatima Aydin", "groups": ["balie"]}
ROLES = "groups:balie=teamlid@Stadskantoor;groups:hoofd=manager@Gemeente/Stadskantoor;groups:ict=beheerder@Waterrijk"


@pytest.fixture(scope="module")
def one_issuer() -> Iterator[FakeIssuer]:
    made = FakeIssuer()
    yield made
    made.close()


@pytest.fixture
def issuer(one_issuer: FakeIssuer, stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIssuer]:
    set_here = {"ISSUER": one_issuer.url, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NAME": "Waterrijk"}
    for name, value in (set_here | {"ROLES": ROLES}).items():
        monkeypatch.setitem(os.environ, f"KLANTSAFARI_OIDC_{name}", value)
    settings.cache_clear()
    known.forget()
    one_issuer.__dict__ |= {
        "claims": dict(FATIMA),
        "told": {},
        "delay": 0.0,
        "down": False,
        "redirects_to": "",
    }
    one_issuer.spoil, one_issuer.sign = (lambda claims: claims), one_issuer.properly
    yield one_issuer
    settings.cache_clear()
    known.forget()


def leave(visitor: TestClient, path: str = "/session/sso") -> str:
    left = visitor.get(path)
    assert left.status_code == 303, left.text
    return left.headers["location"]


def back(visitor: TestClient, issuer: FakeIssuer, address: str, **changed: str):
    state = parse_qs(urlsplit(address).query)["state"][0]
    asked = {"code": issuer.code_for(address), "state": state, "iss": issuer.url} | changed
    return visitor.get("/session/sso/answer", params=asked)


def sign_in(visitor: TestClient, issuer: FakeIssuer, path: str = "/session/sso"):
    return back(visitor, issuer, leave(visitor, path))


def roles_of(email: str) -> set[tuple[str, str, bool]]:
    held = select(Membership).join(User).where(User.email == email)
    with database().reading() as db:
        return {(m.role, m.location_id, m.from_sso) for m in db.exec(held)}


def test_fatima_comes_in_with_the_role_that_her_group_gives(visitor: TestClient, issuer, cast: Cast, db):
    assert "Inloggen met Waterrijk" in visitor.get("/login").text
    address = leave(visitor, "/session/sso?next=/me")
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["https://testserver/session/sso/answer"]
    answer = back(visitor, issuer, address)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")
    assert "Fatima Aydin" in visitor.get("/me").text
    assert roles_of(FATIMA["email"]) == {(Role.MEMBER, cast.town_hall, True)}


BAD: dict[str, Callable[[Claims], Claims]] = {
    "another audience": lambda c: c | {"aud": "somebody else"},
    "several audiences, another party": lambda c: c | {"aud": [CLIENT, "x"], "azp": "x"},
    "several audiences, no party": lambda c: c | {"aud": [CLIENT, "x"]},
    "another issuer": lambda c: c | {"iss": "https://evil.example"},
    "expired": lambda c: c | {"exp": c["exp"] - 900},
    "issued in the future": lambda c: c | {"iat": c["iat"] + 900, "exp": c["exp"] + 900},
    "another nonce": lambda c: c | {"nonce": "x"},
    "no nonce": lambda c: {k: v for k, v in c.items() if k != "nonce"},
    "no subject": lambda c: {k: v for k, v in c.items() if k != "sub"},
    "an empty subject": lambda c: c | {"sub": ""},
    "no end": lambda c: {k: v for k, v in c.items() if k != "exp"},
}
SIGNED: dict[str, Callable[[FakeIssuer, Claims], str]] = {
    "by another key": FakeIssuer.by_another,
    "by an unknown key": lambda issuer, claims: issuer.by_another(claims, "two"),
    "by nobody": FakeIssuer.unsigned,
    "with the public key as a secret": FakeIssuer.with_the_public_key,
    "unreadably": lambda issuer, claims: "a.b",
}


@pytest.mark.parametrize("wrong", [*BAD, *SIGNED])
def test_a_wrong_id_token_lets_nobody_in(visitor: TestClient, issuer: FakeIssuer, cast: Cast, db, wrong):
    if wrong in BAD:
        issuer.spoil = BAD[wrong]
    else:
        issuer.sign = lambda claims: SIGNED[wrong](issuer, claims)
    answer = sign_in(visitor, issuer)
    assert answer.status_code == 502, answer.text
    assert "klopt niet" in answer.text
    assert f"{COOKIE}=" not in answer.headers["set-cookie"]
    assert not db.exec(select(User).where(User.email == FATIMA["email"])).first()
    assert db.exec(select(AuditEntry).where(AuditEntry.verb == "sso.failed")).one().actor_id is None


def test_a_state_of_another_browser_or_of_before_leads_nowhere(visitor: TestClient, issuer, cast: Cast):
    address = leave(visitor)
    assert back(browser(), issuer, address).status_code == 400
    assert back(visitor, issuer, address, state="x").status_code == 400
    address = leave(visitor)
    cookie = visitor.cookies.get("__Host-klantsafari-sso")
    assert back(visitor, issuer, address).status_code == 303
    again = browser()
    again.cookies.set("__Host-klantsafari-sso", str(cookie), domain="testserver.local")
    again.headers["cookie"] = f"__Host-klantsafari-sso={cookie}"
    assert back(again, issuer, address).status_code == 400


def test_what_the_other_side_refuses_is_told_and_can_be_tried_again(visitor: TestClient, issuer, cast: Cast):
    stopped = back(visitor, issuer, leave(visitor), error="access_denied", code="")
    assert (stopped.status_code, "afgebroken" in stopped.text) == (400, True)
    used = back(visitor, issuer, leave(visitor), code="used before")
    assert (used.status_code, "Begin opnieuw" in used.text) == (502, True)
    mixed = back(visitor, issuer, leave(visitor), iss="https://evil.example")
    assert mixed.status_code == 502
    assert sign_in(visitor, issuer).status_code == 303


def test_a_sign_in_that_is_down_or_slow_holds_nobody_up(visitor: TestClient, issuer, cast: Cast, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.5)
    issuer.down = True
    assert sign_in(visitor, issuer).status_code == 503
    issuer.down, issuer.delay = False, 2.0
    answer = sign_in(visitor, issuer)
    assert (answer.status_code, "antwoordt nu niet" in answer.text) == (503, True)


def test_nobody_is_followed_elsewhere(visitor: TestClient, issuer, cast: Cast):
    issuer.redirects_to = "http://169.254.169.254/"
    assert visitor.get("/session/sso").status_code == 503
    issuer.redirects_to, issuer.told = "", {"token_endpoint": "http://evil.example/token"}
    assert sign_in(visitor, issuer).status_code == 503
    known.forget()
    issuer.told = {"issuer": "https://evil.example"}
    assert visitor.get("/session/sso").status_code == 503


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_on_stays_here(visitor: TestClient, issuer, cast: Cast, evil):
    answer = back(visitor, issuer, leave(visitor, f"/session/sso?next={evil}"))
    assert answer.headers["location"] == "/today"


def test_an_address_links_nobody_whatever_is_said_of_it(visitor: TestClient, issuer, cast: Cast, db):
    issuer.claims |= {"email": "anna@klantsafari.example", "email_verified": True}
    answer = sign_in(visitor, issuer)
    assert (answer.status_code, "Mijn gegevens" in answer.text) == (403, True)
    assert db.exec(select(UserIdentity)).first() is None
    db.commit()
    issuer.claims |= {"email": "new@klantsafari.example", "email_verified": False}
    assert "geen bevestigd e-mailadres" in sign_in(visitor, issuer).text


def test_without_a_role_there_is_a_clear_word_and_an_invitation_helps(
    visitor: TestClient, issuer, cast: Cast, db
):
    issuer.claims |= {"groups": ["kantine"], "email_verified": True}
    answer = sign_in(visitor, issuer)
    assert answer.status_code == 403
    assert "Je bent bekend bij Waterrijk, maar hebt hier nog geen rol." in answer.text
    invitation = Invitation(
        token_hash=digest("x"), email=FATIMA["email"], name="Fatima", location_id=cast.branch,
        role=Role.READER, invited_by_id=cast.anna, expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    db.add(invitation)
    db.commit()
    issuer.claims["email_verified"] = None
    assert sign_in(visitor, issuer).status_code == 403
    issuer.claims["email_verified"] = True
    assert sign_in(visitor, issuer).status_code == 303
    assert roles_of(FATIMA["email"]) == {(Role.READER, cast.branch, False)}
    visitor.post("/session/closure")
    assert sign_in(visitor, issuer).status_code == 303


def test_roles_follow_the_groups_but_what_anna_gave_stays(visitor: TestClient, issuer, cast: Cast, db):
    sign_in(visitor, issuer)
    fatima = db.exec(select(User).where(User.email == FATIMA["email"])).one()
    db.add(Membership(user_id=fatima.id, location_id=cast.branch, role=Role.READER))
    db.commit()
    visitor.post("/session/closure")
    issuer.claims["groups"] = ["hoofd"]
    assert sign_in(visitor, issuer).status_code == 303
    assert roles_of(FATIMA["email"]) == {
        (Role.MANAGER, cast.town_hall, True),
        (Role.READER, cast.branch, False),
    }


def test_who_lost_every_role_stays_outside_and_so_does_who_is_disabled(
    visitor: TestClient, issuer, cast: Cast, db
):
    sign_in(visitor, issuer)
    visitor.post("/session/closure")
    issuer.claims["groups"] = []
    assert sign_in(visitor, issuer).status_code == 403
    assert roles_of(FATIMA["email"]) == set()
    db.exec(select(User).where(User.email == FATIMA["email"])).one().disabled_at = now()
    db.commit()
    issuer.claims["groups"] = ["balie"]
    answer = sign_in(visitor, issuer)
    assert (answer.status_code, "uitgezet" in answer.text) == (403, True)


def test_the_last_beheerder_keeps_the_role(visitor: TestClient, issuer, cast: Cast, db):
    issuer.claims["groups"] = ["ict"]
    sign_in(visitor, issuer)
    db.get(User, cast.anna).disabled_at = now()
    db.commit()
    visitor.post("/session/closure")
    issuer.claims["groups"] = []
    assert sign_in(visitor, issuer).status_code == 303
    assert roles_of(FATIMA["email"]) == {(Role.ADMIN, cast.waterrijk, True)}


def test_anna_links_her_account_there_and_confirms_with_it(visitor: TestClient, issuer, cast: Cast, db):
    visitor.headers["cookie"] = session_cookie(db, cast.anna, confirmed=timedelta(hours=1))
    db.commit()
    assert visitor.get("/session/sso/link").headers["location"].startswith("/session/confirmation")
    visitor.headers.pop("cookie")
    visitor.post("/login", data={"email": "anna@klantsafari.example", "password": PASSWORD})
    address = leave(visitor, "/session/sso/link")
    assert "prompt=login" in address
    assert back(visitor, issuer, address).headers["location"] == "/me?saved=linked"
    assert "Koppel los" in visitor.get("/me").text
    assert (
        sign_in(visitor, issuer, "/session/sso/confirmation?next=/settings/locations/new").headers["location"]
        == "/settings/locations/new"
    )
    issuer.claims["sub"] = "somebody else"
    assert "iemand anders" in sign_in(visitor, issuer, "/session/sso/confirmation").text
    issuer.claims |= {"sub": "fatima-1", "auth_time": int(now().timestamp()) - 3600}
    assert sign_in(visitor, issuer, "/session/sso/confirmation").status_code == 403
    issuer.spoil = lambda claims: {k: v for k, v in claims.items() if k != "auth_time"}
    assert sign_in(visitor, issuer, "/session/sso/confirmation").status_code == 403


def test_who_showed_there_long_ago_is_asked_again_here(visitor: TestClient, issuer, cast: Cast, db):
    issuer.claims |= {"groups": ["ict"], "auth_time": int(now().timestamp()) - 3600}
    assert sign_in(visitor, issuer).status_code == 303
    assert visitor.get("/settings/sign-in").headers["location"].startswith("/session/confirmation")
    assert "Bevestig met Waterrijk" in visitor.get("/session/confirmation").text
    del issuer.claims["auth_time"]
    assert sign_in(visitor, issuer, "/session/sso/confirmation?next=/settings/sign-in").status_code == 303
    assert issuer.url in visitor.get("/settings/sign-in").text
