"""100 % of the answers carry the headers: every route as anybody, refusals, crashes, what is not there, and files."""

import json

import pytest
from fastapi.testclient import TestClient

from app.middleware import HEADERS, POLICY
from app.rendering import DIST
from app.settings import settings
from tests.conftest import ORIGIN, browser
from tests.house.routes import app, routes

# No header depends on the database.
pytestmark = pytest.mark.phone


def bare(answer, *but):
    return [name for name in {*HEADERS, "klantsafari"} - set(but) if name not in answer.headers]


def client(**options):
    return TestClient(app(), base_url=ORIGIN, follow_redirects=False, **options)


def test_every_route_answers_with_the_headers_to_a_stranger_and_to_bas(stage, cast, as_user):
    bas, stranger = as_user(cast.bas), client()
    ids = dict.fromkeys(
        [part[1:-1] for route in routes() for part in route.path.split("/") if part.startswith("{")],
        "0190a000-0000-7000-8000-0000000000aa",
    )
    asked = [(who, route) for route in routes() for who in (stranger, bas)]
    for who, route in asked:
        answer = who.request(route.method, route.path.format_map(ids))
        assert bare(answer) == [], route.name
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000"), route.name
        assert "unsafe" not in answer.headers["content-security-policy"], route.name
    assert len(asked) > 250


def test_files_what_is_not_changed_and_what_is_not_there_have_them_too(stage):
    name = json.loads((DIST / "manifest.json").read_text())["app.css"]
    whole = client().get(f"/static/dist/{name}")
    same = client().get(f"/static/dist/{name}", headers={"if-none-match": whole.headers["etag"]})
    missing = [client().get(path) for path in ("/static/dist/none.js", "/nowhere", "/static/dist/../main.py")]
    for answer, status in ((whole, 200), (same, 304), *((answer, 404) for answer in missing)):
        assert answer.status_code == status
        assert bare(answer) == []
    assert "immutable" in whole.headers["cache-control"]


def test_refusals_before_any_route_have_them_too(stage, monkeypatch):
    cross = client().post("/login", headers={"sec-fetch-site": "cross-site"})
    large = browser().post("/login", content=b"x" * 70_000)
    wrong = browser().put("/login")
    for answer, status in ((cross, 403), (large, 413), (wrong, 405)):
        assert answer.status_code == status
        assert bare(answer) == []


def test_a_crash_has_them_too_and_says_nothing_of_what_went_wrong(stage, monkeypatch):
    def crash(*_):
        raise RuntimeError("KANARIE")

    monkeypatch.setattr("app.routers.session.setting_up.is_empty", crash)
    answer = client(raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert bare(answer) == []
    assert "KANARIE" not in answer.text
    assert "Er ging iets mis bij ons" in answer.text


def test_without_tls_nobody_is_held_to_it(stage):
    plain = TestClient(app(), base_url="http://localhost").get("/health/live")
    assert "strict-transport-security" not in plain.headers


@pytest.mark.parametrize("word", ["unsafe-inline", "unsafe-eval", "http:", "https:", "*"])
def test_the_policy_lets_in_nothing_from_elsewhere(word):
    assert word not in POLICY
    assert "default-src 'self'" in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert "form-action 'self'" in POLICY


def test_nobody_elsewhere_may_read_an_answer(stage, cast, as_user):
    elsewhere = {"origin": "https://evil.example", "access-control-request-method": "GET"}
    for method in ("GET", "OPTIONS"):
        for path in ("/today", "/api/v1/me", "/login", "/health/live"):
            answer = as_user(cast.bas).request(method, path, headers=elsewhere)
            assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "null", "host": ""}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://testserver.evil.example"}, 403),
        ({"origin": ORIGIN, "sec-fetch-site": "same-site"}, 403),
        ({"origin": ORIGIN, "sec-fetch-site": "none"}, 403),
        ({"origin": ORIGIN, "sec-fetch-site": "cross-site"}, 403),
        ({"authorization": "Bearer x", "cookie": "a=b"}, 403),
        ({"origin": ORIGIN}, 422),
        ({"sec-fetch-site": "same-origin"}, 422),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, 422),
    ],
)
def test_a_form_is_taken_only_from_our_own_pages(stage, headers, status):
    assert client().post("/login", data={"email": "x"}, headers=headers).status_code == status


def test_who_to_tell_about_a_weakness_is_there_once_somebody_is_named(stage, monkeypatch):
    path = "/.well-known/security.txt"
    assert client().get(path).status_code == 404
    monkeypatch.setattr(settings(), "security_contact", "mailto:veilig@safari.example")
    monkeypatch.setattr(settings(), "base_url", "https://safari.example/")
    told = client().get(path)
    assert told.headers["content-type"].startswith("text/plain")
    lines = dict(line.split(": ", 1) for line in told.text.splitlines())
    assert lines["Contact"] == "mailto:veilig@safari.example"
    assert lines["Canonical"] == f"https://safari.example{path}"
    assert lines["Expires"].endswith("T00:00:00Z")
