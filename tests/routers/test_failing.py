"""What the log on the page says of sign-ins that failed, whichever way they came."""

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.models.audit.table import AuditEntry
from tests.authenticator import Authenticator
from tests.cast import PASSWORD, Cast
from tests.looking import look
from tests.makers_second_factor import set_up_app
from tests.routers.test_passkeys import asked

pytestmark = pytest.mark.phone
BAS = "bas@klantsafari.example"
TYPED = "een-verkeerd-wachtwoord"


def ways() -> set[str]:
    entries = look(select(AuditEntry).where(AuditEntry.verb == "sign_in.failed"))
    assert not any(TYPED in entry.model_dump_json() or "@" in entry.model_dump_json() for entry in entries)
    return {f"{entry.detail['way']} {entry.subject_kind} {entry.actor_name}".strip() for entry in entries}


@pytest.mark.parametrize("email", [BAS, "niemand@klantsafari.example"])
def test_a_wrong_password_is_in_the_log_of_anna(as_user, visitor: TestClient, cast: Cast, email: str):
    for _ in range(3):
        assert visitor.post("/login", data={"email": email, "password": TYPED}).status_code == 422
    kind = "user" if email == BAS else "sign_in"
    assert ways() == {f"password {kind}"}
    page = as_user(cast.anna).get("/log").text
    assert page.count("Inloggen mislukt</p>") == 1
    assert "Iemand die niet binnenkwam" in page
    assert ("als Bas de Wit" in page) == (email == BAS)


def test_a_wrong_code_after_the_password(as_user, visitor: TestClient, cast: Cast):
    set_up_app(as_user(cast.bas))
    visitor.post("/login", data={"email": BAS, "password": PASSWORD})
    assert visitor.post("/session/second-step", data={"code": "000000"}).status_code == 422
    assert ways() == {"password_code user"}


def test_a_strange_passkey_and_a_wrong_confirmation(as_user, visitor: TestClient, cast: Cast):
    question = visitor.get("/session/passkey/options").json()
    assert visitor.post("/session/passkey", data=Authenticator().proves(question)).status_code == 422
    carla = as_user(cast.carla)
    assert carla.post("/session/confirmation", data={"password": TYPED}).status_code == 422
    dirk = as_user(cast.dirk)
    sent = Authenticator().proves(asked(dirk, "/session/passkey/options"))
    assert dirk.post("/session/confirmation/passkey", data=sent).status_code == 422
    assert ways() == {"passkey sign_in", "password user Carla Smit", "passkey user Dirk Mulder"}
