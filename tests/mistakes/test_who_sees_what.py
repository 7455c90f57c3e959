"""The likeliest mistakes 1 to 6: about who gets to see or change what."""

import re

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel, col, select

from app.models.everything import Attachment, User
from app.routers.dependencies import get_db
from app.settings import settings
from tests.house import test_guards
from tests.house.routes import app
from tests.looking import look
from tests.mistakes.stage import CANARY, canaries, pages

pytestmark = pytest.mark.phone
SECRET = {"password_hash", "token_hash", "sealed", "reach", "secret", "totp_secret"}
CLOCK = r"\d\d\.\d\d|T\d\d:\d\d[^<\"]*"
NEW_EACH_TIME = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}"
SAME_ANYWAY = {"/health/live", "/health/ready", "/setup", "/service-worker.js"}
MADE_ANEW = {"/me/code-app/new", "/me/passkeys/options", "/session/passkey/options"}
"""A secret or a challenge of the asker's own, another at every look."""
OF_THE_WHOLE = {"/settings/themes"}
"""Says itself that it is about the whole organisation: how often each theme was met."""


def api_routes():
    return [
        c.original_route for c in iter_route_contexts(app().routes) if isinstance(c.original_route, APIRoute)
    ]


def test_01_a_file_has_no_path_that_can_be_guessed(as_user, visitor, db, cast):
    ids = canaries(db)
    db.commit()
    (file,) = look(select(Attachment).where(col(Attachment.id) == ids["attachment_id"]))
    kept = f"{file.blob[:2]}/{file.blob}"
    for guess in (
        f"/data/blobs/{kept}",
        f"/blobs/{kept}",
        f"/attachments/{file.blob}",
        f"/attachments/{file.sha256}",
        f"/static/dist/../../../{settings().data}/blobs/{kept}",
        f"/static/dist/..%2f..%2f..%2f..%2f{settings().data}/secret.key",
    ):
        assert as_user(cast.bas).get(guess).status_code == 404, guess
    for path in (f"/attachments/{file.id}", f"/attachments/{file.id}/thumbnail"):
        assert as_user(cast.carla).get(path).status_code == 200
        assert as_user(cast.dirk).get(path).status_code == 404
        assert as_user(cast.eva).get(path).status_code in (403, 404)
        assert visitor.get(path).headers["location"].startswith("/login")


def test_02_no_list_search_file_or_counter_forgets_the_location(as_user, db, cast):
    dirk = as_user(cast.dirk)
    asked = [route.path for route in pages(without_ids=True) if route.path not in SAME_ANYWAY | MADE_ANEW]
    asked += [
        f"/field-notes?q={CANARY}",
        f"/api/v1/field-notes?q={CANARY}",
        f"/exports/field-notes.csv?q={CANARY}",
    ]

    def seen():
        return {path: re.sub(f"{CLOCK}|{NEW_EACH_TIME}", "", dirk.get(path).text) for path in asked}

    before = seen()
    # Names of themes, places and people are of the whole organisation.
    canaries(db, but=("Tag", "Location", "User", "Team", "UserSession", "Device"))
    db.commit()
    after = seen()
    assert {path for path in asked if CANARY in after[path]} == {
        path for path in asked if "?q=" in path and CANARY in before[path]
    }
    assert {path for path in asked if before[path] != after[path]} - OF_THE_WHOLE == set()
    bas = as_user(cast.bas)
    assert [CANARY in bas.get(path).text for path in asked].count(True) >= 10


def test_03_no_table_is_taken_as_what_somebody_sends(cast, as_user):
    taken = [field.field_info.annotation for route in api_routes() for field in _bodies(route.dependant)]
    assert len(taken) > 10
    assert [kind for kind in taken if _is_table(kind)] == []
    bas = as_user(cast.bas)
    more = {"name": "Bas", "language": "nl", "password_hash": "x", "email": "x@evil.example", "id": cast.anna}
    assert bas.post("/me", data=more).status_code == 303
    (kept,) = look(select(User).where(col(User.id) == cast.bas))
    assert (kept.name, kept.email) == ("Bas", "bas@klantsafari.example")
    assert kept.password_hash != "x"


def _bodies(dependant: Dependant):
    yield from dependant.body_params
    for inner in dependant.dependencies:
        yield from _bodies(inner)


def _is_table(kind):
    return any(
        isinstance(one, type) and issubclass(one, SQLModel) for one in (kind, *getattr(kind, "__args__", ()))
    )


def test_04_no_answer_is_made_of_a_table_or_holds_a_secret(cast, as_user):
    answers = [route.response_model for route in api_routes()]
    assert [kind for kind in answers if _is_table(kind)] == []
    described = as_user(cast.bas).get("/api/v1/openapi.json").json()
    told = {
        name
        for schema in described["components"]["schemas"].values()
        for name in schema.get("properties", ())
    }
    assert told & SECRET <= {"reach"}, "reach: what a phone sends, in the draft of a note alone"
    for path, methods in described["paths"].items():
        for method, said in methods.items():
            good = (
                said["responses"].get("200") or said["responses"].get("201") or said["responses"].get("202")
            )
            assert good is None or good.get("content", {}).get("application/json", {}).get("schema"), (
                method,
                path,
            )


def test_05_a_route_without_a_guard_does_not_exist():
    test_guards.test_every_route_says_who_may_ask()
    test_guards.test_only_the_doors_are_public()
    test_guards.test_nothing_answers_outside_the_routes_that_are_guarded()


def test_06_nobody_hears_that_it_is_saved_before_it_is(cast, as_user, monkeypatch):
    def full(_):
        raise OperationalError("COMMIT", {}, Exception("disk"))

    late = [
        route.path for route in api_routes() for found in _sessions(route.dependant) if found != "function"
    ]
    assert late == []
    bas = as_user(cast.bas)
    with monkeypatch.context() as broken:
        broken.setattr("app.database._commit_and_close", full)
        assert bas.post("/me", data={"name": "Bas", "language": "en"}).status_code == 503
    assert look(select(User.language).where(col(User.id) == cast.bas)) == ["nl"]


def _sessions(dependant: Dependant):
    if dependant.call is get_db:
        yield dependant.scope
    for inner in dependant.dependencies:
        yield from _sessions(inner)
