"""A route that does not say who may ask does not exist."""

from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from app.models.access import Permission
from tests.house.routes import app, routes

KNOWN = {"public", "signed in", *Permission}
# Who opens these is nobody yet, or proves it in another way: a password, a secret in the path, a join code.
PUBLIC = (
    "GET /",
    "GET /health/live",
    "GET /health/ready",
    "GET /login",
    "GET /.well-known/security.txt",
    "GET /offline",
    "GET /service-worker.js",
    "GET /manifest.webmanifest",
    "POST /login",
    "GET /session/sso",
    "GET /session/sso/answer",
    "GET /session/code",
    "GET /session/code/new",
    "POST /session/code",
    "POST /session/code/proof",
    "GET /setup",
    "POST /setup",
    "GET /invitations/{token}",
    "POST /invitations/{token}/acceptance",
    "POST /invitations/{token}/membership",
    # A customer has no account: who holds the link, of 256 bits, is let in.
    "GET /u/{link}",
    "POST /u/{link}/answer",
    "POST /u/{link}/actions/{action_id}/answer",
    "GET /u/{link}/withdrawal",
    "POST /u/{link}/withdrawal",
    # What a manager put there for everybody to read.
    "GET /p/{slug}",
    "GET /p/{slug}/poster",
    "GET /calendars/{calendar_token}/klantsafari.ics",
    "GET /privacy",
    "GET /privacy/{place_code}",
    "GET /privacy/{place_code}/code.svg",
    "GET /invitations/{token}/passkey/options",
    "POST /invitations/{token}/passkey",
    "GET /session/passkey/options",
    "POST /session/passkey",
    "GET /session/second-step",
    "POST /session/second-step",
)


def test_every_route_says_who_may_ask():
    assert len(routes()) > 20
    silent = [route.name for route in routes() if not route.permissions & KNOWN]
    assert silent == []


def test_only_the_doors_are_public():
    public = {route.name for route in routes() if route.permissions <= {"public"}}
    assert public - set(PUBLIC) == set()


def test_nothing_answers_outside_the_routes_that_are_guarded():
    others = [
        c.original_route
        for c in iter_route_contexts(app().routes)
        if not isinstance(c.original_route, APIRoute)
    ]
    assert [route.path for route in others if isinstance(route, Mount)] == ["/static/dist"]
    assert all(isinstance(route, Mount) for route in others)


def test_pages_know_only_get_and_post():
    others = [r.name for r in routes() if not r.path.startswith("/api/") and r.method not in ("GET", "POST")]
    assert others == []
