"""Fatima comes in by the organisation's own sign-in, with the roles that follow from her groups."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient
from sqlmodel import select

from app.clock import now
from app.database import database
from app.models.access import Role
from app.models.user.actors import digest
from app.models.user.identity_table import UserIdentity
from app.models.user.table import Invitation, Membership, User
from tests.cast import PASSWORD, Cast
from tests.makers import session_cookie
from tests.makers_sso import EMAIL, back, leave, sign_in


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
    assert roles_of(EMAIL) == {(Role.MEMBER, cast.town_hall, True)}


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
        token_hash=digest("x"), email=EMAIL, name="Fatima", location_id=cast.branch,
        role=Role.READER, invited_by_id=cast.anna, expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    db.add(invitation)
    db.commit()
    issuer.claims["email_verified"] = None
    assert sign_in(visitor, issuer).status_code == 403
    issuer.claims["email_verified"] = True
    assert sign_in(visitor, issuer).status_code == 303
    assert roles_of(EMAIL) == {(Role.READER, cast.branch, False)}
    visitor.post("/session/closure")
    assert sign_in(visitor, issuer).status_code == 303


def test_roles_follow_the_groups_but_what_anna_gave_stays(visitor: TestClient, issuer, cast: Cast, db):
    sign_in(visitor, issuer)
    fatima = db.exec(select(User).where(User.email == EMAIL)).one()
    db.add(Membership(user_id=fatima.id, location_id=cast.branch, role=Role.READER))
    db.commit()
    visitor.post("/session/closure")
    issuer.claims["groups"] = ["hoofd"]
    assert sign_in(visitor, issuer).status_code == 303
    assert roles_of(EMAIL) == {
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
    assert roles_of(EMAIL) == set()
    db.exec(select(User).where(User.email == EMAIL)).one().disabled_at = now()
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
    assert roles_of(EMAIL) == {(Role.ADMIN, cast.waterrijk, True)}


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
