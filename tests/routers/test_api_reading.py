import pytest
from fastapi.testclient import TestClient

from app.models.user import tokens
from app.models.user.table import User
from tests.cast import Cast
from tests.conftest import ORIGIN, served
from tests.counting import counted_queries
from tests.makers_bulk import many_notes
from tests.makers_note import STORY, interview, observation, recorded, running_safari

LISTS = ["locations", "tags", "safaris", "field-notes", "actions"]


@pytest.fixture
def integration(db, cast: Cast):
    """integration(user_id) is a program with that person's token, and no cookie."""

    def of(user_id: str) -> TestClient:
        token = tokens.create(db, db.get(User, user_id), name="koppeling")
        db.commit()
        return TestClient(served(), base_url=ORIGIN, headers={"authorization": f"Bearer {token}"})

    return of


@pytest.fixture
def two_notes(db, cast: Cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    call_back = {"name": "Mevrouw Kanarie", "reach": "0612345678"}
    notes = [
        recorded(db, actor(cast.bas), interview(safari.id, call_back=call_back)),
        recorded(db, actor(cast.carla), observation(safari.id)),
    ]
    db.commit()
    return notes


OF_MANY = ("/api/v1/manifest", "/api/v1/sync", "/api/v1/tags/review/decisions")
"""They answer for each note or label by itself: a conflict stands in the answer, and is never one of the request."""


def test_a_token_and_a_session_say_the_same_about_who_asks(integration, as_user, cast: Cast):
    by_token = integration(cast.bas).get("/api/v1/me").json()
    assert by_token == as_user(cast.bas).get("/api/v1/me").json()
    assert by_token["roles"] == [{"role": "manager", "location_id": cast.town_hall}]
    assert by_token["email"] == "bas@klantsafari.example"


@pytest.mark.parametrize("noun", ["me", *LISTS, "openapi.json"])
def test_a_stranger_and_a_made_up_token_hear_no_in_json(visitor, cast: Cast, noun):
    for headers in ({}, {"authorization": "Bearer verzonnen"}):
        answer = visitor.get(f"/api/v1/{noun}", headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "not_signed_in"


@pytest.mark.parametrize("noun", LISTS)
def test_every_list_is_a_page_of_what_is_yours(integration, cast: Cast, two_notes, noun):
    bas, dirk = integration(cast.bas), integration(cast.dirk)
    page = bas.get(f"/api/v1/{noun}").json()
    assert set(page) == {"items", "next"}
    if noun != "tags":
        ids = {item["id"] for item in page["items"]}
        assert not ids & {item["id"] for item in dirk.get(f"/api/v1/{noun}").json()["items"]}


def test_a_note_has_its_words_tags_and_evidence_and_never_whom_to_call(integration, cast: Cast, two_notes):
    answer = integration(cast.bas).get(f"/api/v1/field-notes/{two_notes[0].id}")
    note = answer.json()
    assert note["answers"]["story"] == {"value": STORY, "literal": True}
    assert {tagging["slug"] for tagging in note["taggings"]}
    for tagging in note["taggings"]:
        for evidence in tagging["evidence"]:
            assert evidence["text"] == STORY[evidence["start"] : evidence["end"]] != ""
    assert "Kanarie" not in answer.text
    assert "0612345678" not in answer.text


def test_someone_elses_note_is_not_there(integration, cast: Cast, two_notes):
    dirk = integration(cast.dirk)
    absent = dirk.get(f"/api/v1/field-notes/{cast.bas}").json()
    hidden = dirk.get(f"/api/v1/field-notes/{two_notes[0].id}")
    assert (hidden.status_code, hidden.json()) == (404, absent)
    assert integration(cast.eva).get("/api/v1/field-notes").status_code == 403


@pytest.mark.parametrize(
    ("only", "found"),
    [
        ({"kind": "interview"}, 1),
        ({"kind": "observation", "location": Cast.city}, 1),
        ({"from": "2026-11-24", "to": "2026-11-24"}, 2),
        ({"to": "2026-11-23"}, 0),
        ({"q": "HALF UUR"}, 1),
        ({"sentiment": "positive", "q": "half uur"}, 0),
        ({"safari": "onbekend"}, 0),
        ({"location": ""}, 2),
    ],
)
def test_notes_can_be_filtered(integration, cast: Cast, two_notes, only, found):
    items = integration(cast.bas).get("/api/v1/field-notes", params=only).json()["items"]
    assert len(items) == found


def test_a_tag_can_be_filtered_on(integration, cast: Cast, two_notes):
    bas = integration(cast.bas)
    slug = bas.get(f"/api/v1/field-notes/{two_notes[0].id}").json()["taggings"][0]["slug"]
    items = bas.get("/api/v1/field-notes", params={"tag": slug, "tagging": "suggested"}).json()["items"]
    assert two_notes[0].id in {item["id"] for item in items}
    assert bas.get("/api/v1/field-notes", params={"tag": slug, "tagging": "rejected"}).json()["items"] == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("kind=roddel", "kind"),
        ("from=gisteren", "from"),
        ("cursor=kapot", "cursor"),
        ("from=2026-11-24&to=2026-11-01", "to"),
    ],
)
def test_a_wrong_question_is_told_by_field(integration, cast: Cast, asked, field):
    answer = integration(cast.bas).get(f"/api/v1/field-notes?{asked}")
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]


def test_the_cursor_walks_through_everything_once(integration, cast: Cast, db):
    safari = running_safari(db, cast.town_hall, cast.bas)
    many_notes(db, safari, 45, characters=20)
    db.commit()
    bas, seen, cursor = integration(cast.bas), [], ""
    while cursor is not None:
        page = bas.get("/api/v1/field-notes", params={"limit": 20, "cursor": cursor}).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 45


def test_as_many_questions_for_a_long_page_as_for_a_short_one(integration, cast: Cast, db):
    safari = running_safari(db, cast.town_hall, cast.bas)
    many_notes(db, safari, 40, characters=20)
    db.commit()
    bas = integration(cast.bas)
    counts = []
    for limit in (2, 40):
        with counted_queries() as sent:
            assert len(bas.get(f"/api/v1/field-notes?limit={limit}").json()["items"]) == limit
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 5


def test_the_description_covers_the_api_and_nothing_else(integration, cast: Cast):
    described = integration(cast.eva).get("/api/v1/openapi.json").json()
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    for noun in ("me", *LISTS):
        assert f"/api/v1/{noun}" in described["paths"]
    for path, methods in described["paths"].items():
        for method, said in methods.items():
            assert said["summary"], path
            assert said["tags"], path
            assert {"401", "403", "422"} <= set(said["responses"]), path
            if "{" in path:
                assert "404" in said["responses"], path
            if method in ("post", "put", "patch") and path not in OF_MANY:
                assert "409" in said["responses"], path
    names = described["components"]["schemas"]
    assert "HTTPValidationError" not in names
    assert not {"FieldNote", "Safari", "ImprovementAction", "Tag", "Location"} & set(names)
    assert set(described["components"]["securitySchemes"]) == {"token", "session"}
