"""A passkey over HTTP: Bas adds one, comes in with it, and shows with it that it is still him."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import select

from app.models.user import keying
from app.models.user.proof_table import KnownBrowser
from app.models.user.table import User
from app.recognising import COOKIE
from tests.authenticator import Authenticator
from tests.cast import Cast
from tests.conftest import browser
from tests.looking import look
from tests.makers import session_cookie
from tests.makers_user import invitation


def asked(client: TestClient, path: str) -> dict[str, Any]:
    """The question; the browser of `as_user` keeps the name that it is given with it."""
    question = client.get(path)
    if named := question.headers.get("set-cookie"):
        client.headers["cookie"] += f"; {named.partition(';')[0]}"
    return question.json()


def add_key(client: TestClient) -> Authenticator:
    phone = Authenticator()
    sent = phone.makes(asked(client, "/me/passkeys/options"), key_name="Mijn telefoon")
    assert client.post("/me/passkeys", data=sent).headers["location"] == "/me?saved=passkey"
    return phone


def test_bas_adds_a_key_signs_in_with_it_and_it_is_in_his_list(as_user, visitor: TestClient, cast: Cast):
    phone = add_key(as_user(cast.bas))
    question = visitor.get("/session/passkey/options")
    assert question.headers["cache-control"] == "no-store"
    options = question.json()["publicKey"]
    assert (options["allowCredentials"], options["userVerification"]) == ([], "required")
    sent = phone.proves(question.json(), next="/me")
    answer = visitor.post("/session/passkey", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")
    shown = visitor.get("/me").text
    assert "Mijn telefoon" in shown
    assert "Met toegangssleutel" in shown
    again = browser(f"__Host-klantsafari-browser={visitor.cookies['__Host-klantsafari-browser']}")
    refused = again.post("/session/passkey", data=sent)
    assert refused.status_code == 422
    assert COOKIE not in refused.headers.get("set-cookie", "")


def test_step_up_with_a_passkey_gives_a_new_token_and_only_to_its_owner(as_user, cast: Cast, db):
    bas_phone, carla_phone = add_key(as_user(cast.bas)), add_key(as_user(cast.carla))
    old = session_cookie(db, cast.bas, confirmed=timedelta(hours=1))
    db.commit()
    bas = browser(old)
    assert bas.get("/me/passkeys/new").headers["location"].startswith("/session/confirmation")
    assert "Bevestig met toegangssleutel" in bas.get("/session/confirmation").text
    question = asked(bas, "/session/passkey/options")
    refused = bas.post("/session/confirmation/passkey", data=carla_phone.proves(question))
    assert refused.status_code == 422
    sent = bas_phone.proves(question, next="/me/passkeys/new")
    answer = bas.post("/session/confirmation/passkey", data=sent)
    assert answer.headers["location"] == "/me/passkeys/new"
    assert browser(old).get("/me").status_code == 303
    assert browser(answer.headers["set-cookie"].partition(";")[0]).get("/me/passkeys/new").status_code == 200


def test_wrong_answers_run_out(visitor: TestClient, cast: Cast):
    nonsense = {"credential": "{}", "ticket": "x"}
    assert [visitor.post("/session/passkey", data=nonsense).status_code for _ in range(10)] == [422] * 10
    assert visitor.post("/session/passkey", data=nonsense).status_code == 429


def test_fatima_joins_with_a_passkey_and_has_no_password(visitor: TestClient, cast: Cast, db):
    token = invitation(db)
    db.commit()
    page = f"/invitations/{token}"
    assert "Doe mee met toegangssleutel" in visitor.get(page).text
    phone = Authenticator()
    question = visitor.get(f"{page}/passkey/options").json()
    sent = phone.makes(question, key_name="Telefoon", name="Fatima E.")
    wrong = visitor.post(f"{page}/passkey", data=sent | {"credential": "{}"})
    assert wrong.status_code == 422
    assert visitor.post(f"{page}/passkey", data=sent).headers["location"] == "/today"
    user = look(select(User).where(User.email == "fatima@klantsafari.example"))[0]
    assert user.password_hash is None
    assert visitor.post(f"{page}/passkey", data=sent).status_code == 404
    shown = visitor.get("/me").text
    assert "Wachtwoord kiezen" in shown
    assert "Wachtwoord van nu" not in shown
    fresh = visitor.post("/me/password", data={"new": "negen gele tulpen"})
    assert fresh.headers["location"] == "/me?saved=password"
    assert len(look(select(KnownBrowser.id).where(KnownBrowser.user_id == user.id))) == 1


def test_a_first_password_needs_a_fresh_proof(cast: Cast, db):
    db.get_one(User, cast.bas).password_hash = None
    cookie = session_cookie(db, cast.bas, confirmed=timedelta(hours=1))
    db.commit()
    answer = browser(cookie).post("/me/password", data={"new": "negen gele tulpen"})
    assert answer.headers["location"].startswith("/session/confirmation")


def test_removing_a_key_needs_a_fresh_proof(as_user, cast: Cast, db):
    add_key(as_user(cast.bas))
    (key,) = keying.of(db, cast.bas)
    late = browser(session_cookie(db, cast.bas, confirmed=timedelta(hours=1)))
    db.commit()
    removal = f"/me/passkeys/{key.id}/removal"
    assert late.post(removal).headers["location"].startswith("/session/confirmation")
    assert as_user(cast.bas).post(removal).headers["location"] == "/me"
    assert "Mijn telefoon" not in as_user(cast.bas).get("/me").text
