"""Who only says to come from the organisation's own sign-in stays outside."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.models.audit.table import AuditEntry
from app.models.user.table import User
from app.oidc import fetching
from app.oidc import provider as known
from app.recognising import COOKIE
from tests.cast import Cast
from tests.conftest import browser
from tests.fake_issuer import CLIENT, Claims, FakeIssuer
from tests.makers_sso import EMAIL, back, leave, sign_in

pytestmark = pytest.mark.phone


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


# What is wrong, and what the log says of it.
BAD: dict[str, tuple[Callable[[Claims], Claims], str]] = {
    "another audience": (lambda c: c | {"aud": "somebody else"}, "InvalidClaimError aud"),
    "several audiences, another party": (
        lambda c: c | {"aud": [CLIENT, "x"], "azp": "x"},
        "InvalidClaimError azp",
    ),
    "several audiences, no party": (lambda c: c | {"aud": [CLIENT, "x"]}, "MissingClaimError azp"),
    "another issuer": (lambda c: c | {"iss": "https://evil.example"}, "InvalidClaimError iss"),
    "expired": (lambda c: c | {"exp": c["exp"] - 900}, "ExpiredTokenError exp"),
    "issued in the future": (
        lambda c: c | {"iat": c["iat"] + 900, "exp": c["exp"] + 900},
        "InvalidClaimError iat",
    ),
    "another nonce": (lambda c: c | {"nonce": "x"}, "InvalidClaimError nonce"),
    "no nonce": (without("nonce"), "MissingClaimError nonce"),
    "no subject": (without("sub"), "MissingClaimError sub"),
    "an empty subject": (lambda c: c | {"sub": ""}, "sub"),
    "no end": (without("exp"), "MissingClaimError exp"),
}
SIGNED: dict[str, tuple[Callable[[FakeIssuer, Claims], str], str]] = {
    "by another key": (FakeIssuer.by_another, "BadSignatureError"),
    "by an unknown key": (lambda issuer, claims: issuer.by_another(claims, "two"), "InvalidKeyIdError"),
    "by nobody": (FakeIssuer.unsigned, "UnsupportedAlgorithmError"),
    "with the public key as a secret": (FakeIssuer.with_the_public_key, "UnsupportedAlgorithmError"),
    "unreadably": (lambda issuer, claims: "a.b", "unreadable"),
}


@pytest.mark.parametrize("wrong", [*BAD, *SIGNED])
def test_a_wrong_id_token_lets_nobody_in(visitor: TestClient, issuer: FakeIssuer, cast: Cast, db, wrong):
    if wrong in BAD:
        issuer.spoil, why = BAD[wrong]
    else:
        sign, why = SIGNED[wrong]
        issuer.sign = lambda claims: sign(issuer, claims)
    answer = sign_in(visitor, issuer)
    assert answer.status_code == 502, answer.text
    assert "klopt niet" in answer.text
    assert f"{COOKIE}=" not in answer.headers["set-cookie"]
    assert not db.exec(select(User).where(User.email == EMAIL)).first()
    noted = db.exec(select(AuditEntry).where(AuditEntry.verb == "sso.failed")).one()
    assert noted.detail["why"] == f"sso.untrusted {why}"


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
