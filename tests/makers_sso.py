"""To a sign-in elsewhere and back, as a browser does it."""

from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient
from httpx2 import Response

from tests.fake_issuer import FakeIssuer

EMAIL = "fatima@klantsafari.example"
FATIMA = {"email": EMAIL, "name": "Fatima Aydin", "groups": ["balie"]}
ROLES = "groups:balie=teamlid@Stadskantoor;groups:hoofd=manager@Gemeente/Stadskantoor;groups:ict=beheerder@Waterrijk"


def leave(visitor: TestClient, path: str = "/session/sso") -> str:
    left = visitor.get(path)
    assert left.status_code == 303, left.text
    return left.headers["location"]


def back(visitor: TestClient, issuer: FakeIssuer, address: str, **changed: str) -> Response:
    state = parse_qs(urlsplit(address).query)["state"][0]
    asked = {"code": issuer.code_for(address), "state": state, "iss": issuer.url} | changed
    return visitor.get("/session/sso/answer", params=asked)


def sign_in(visitor: TestClient, issuer: FakeIssuer, path: str = "/session/sso") -> Response:
    return back(visitor, issuer, leave(visitor, path))
