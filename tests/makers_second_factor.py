"""An organisation that asks a second factor, and the app on somebody's phone that makes codes."""

from datetime import timedelta
from html import unescape
from re import search

import pyotp
from fastapi.testclient import TestClient

from app.clock import now
from app.database import database
from app.models.access import Role
from app.models.user.forced_table import ForcedRole


def asked_of(*roles: Role) -> None:
    """From a second ago, so that a sign-in of this moment came after it."""
    with database().writing() as db:
        db.add_all(ForcedRole(role=role, since=now() - timedelta(seconds=1)) for role in roles)


def code(secret: str, halves: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * halves))


def set_up_app(somebody: TestClient) -> str:
    """The secret; the code of now is still to be used."""
    asked = somebody.get("/me/code-app/new").text
    sealed, four = search(r'name="sealed" value="([^"]+)"', asked), search(r'class="secret">([^<]+)<', asked)
    assert sealed
    assert four
    secret = four[1].replace(" ", "")
    shown = somebody.post("/me/code-app", data={"sealed": unescape(sealed[1]), "code": code(secret, -1)})
    assert shown.text.count("<li><code>") == 10
    return secret
