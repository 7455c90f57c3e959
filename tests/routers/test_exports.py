import csv
import io

import pytest

from app.models.audit.table import AuditEntry
from tests.cast import Cast
from tests.makers_note import STORY, interview, recorded, running_safari

KINDS = ["field-notes", "taggings", "actions"]


@pytest.fixture
def one_note(db, cast: Cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    note = recorded(db, actor(cast.bas), interview(safari.id))
    db.commit()
    return note


@pytest.mark.parametrize("kind", KINDS)
def test_bas_downloads_a_file_with_a_date_in_its_name(as_user, cast: Cast, one_note, kind):
    answer = as_user(cast.bas).get(f"/exports/{kind}.csv")
    assert answer.status_code == 200
    assert answer.content.startswith(b'\xef\xbb\xbf"')
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert f'filename="klantsafari-{kind}-20' in answer.headers["content-disposition"]


@pytest.mark.parametrize("kind", KINDS)
def test_only_managers_take_data_along(as_user, visitor, cast: Cast, one_note, kind):
    for person in (cast.anna, cast.carla, cast.eva):
        assert as_user(person).get(f"/exports/{kind}.csv").status_code == 403
    assert visitor.get(f"/exports/{kind}.csv").headers["location"].startswith("/login")
    theirs = as_user(cast.dirk).get(f"/exports/{kind}.csv")
    assert theirs.text.count("\r\n") == 1


def test_the_file_follows_the_filter_of_the_page(as_user, cast: Cast, one_note):
    bas = as_user(cast.bas)

    def lines(**only: str) -> int:
        answer = bas.get("/exports/field-notes.csv", params={"dialect": "rfc4180"} | only)
        return len(list(csv.reader(io.StringIO(answer.text, newline="")))) - 1

    assert lines() == lines(kind="interview", location=cast.town_hall, **{"from": "2026-11-24"}) == 1
    assert lines(location="", to="", **{"from": ""}) == 1
    assert lines(kind="observation") == lines(to="2026-11-23") == lines(location=cast.branch) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_days_the_wrong_way_round_are_said_at_the_field_with_what_was_chosen(
    as_user, cast: Cast, one_note, kind
):
    asked = {"from": "2026-11-24", "to": "2026-11-01", "dialect": "rfc4180"}
    answer = as_user(cast.bas).get(f"/exports/{kind}.csv", params=asked)
    assert answer.status_code == 422
    assert "De laatste dag ligt voor de eerste." in answer.text
    assert 'value="2026-11-24"' in answer.text
    assert 'value="rfc4180" checked' in answer.text


def test_an_unknown_dialect_is_refused(as_user, cast: Cast):
    assert as_user(cast.bas).get("/exports/actions.csv?dialect=ods").status_code == 422


def test_who_took_what_is_written_down_without_what_was_searched_for(as_user, cast: Cast, one_note, db):
    as_user(cast.bas).get("/exports/field-notes.csv?q=wachten&kind=interview")
    taken = db.query(AuditEntry).filter_by(verb="export.taken").one()
    assert (taken.actor_id, taken.subject_id) == (cast.bas, "field-notes")
    assert taken.detail == {"dialect": "excel", "filters": ["kind", "q"]}


def test_the_page_says_honestly_that_there_is_nothing_yet(as_user, cast: Cast):
    assert "Er is nog niets om mee te nemen." in as_user(cast.bas).get("/exports").text


def test_the_page_offers_the_three_tables(as_user, cast: Cast, one_note):
    page = as_user(cast.bas).get("/exports").text
    assert 'value="excel" checked' in page
    for kind in KINDS:
        assert f'formaction="/exports/{kind}.csv"' in page
    assert "Stadskantoor" in page
    assert "Kantoor Markt" not in page


def test_the_file_says_what_the_api_says(as_user, cast: Cast, one_note):
    bas = as_user(cast.bas)
    (row,) = csv.DictReader(io.StringIO(bas.get("/exports/field-notes.csv?dialect=rfc4180").text, newline=""))
    (item,) = bas.get("/api/v1/field-notes").json()["items"]
    for key in ("id", "kind", "safari_id", "location_id", "author_id", "channel", "sentiment", "headline"):
        assert row[key] == (item[key] or "")
    assert row["answer.story"] == item["answers"]["story"]["value"] == STORY
    suggested = {tagging["slug"] for tagging in item["taggings"] if tagging["state"] == "suggested"}
    assert set(filter(None, row["tags_suggested"].split(" | "))) == suggested
