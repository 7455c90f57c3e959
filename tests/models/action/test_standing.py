"""What was erased is gone from everything that rests on it."""

import csv

import pytest

from app.clock import now
from app.models.action import queries, raising
from app.models.action.filter import ActionFilter
from app.models.board import columns
from app.models.field_note.table import Contact
from app.models.promise import telling
from tests.makers_action import raised, story

GONE = "Dit wil ik niet meer terugzien."


@pytest.fixture
def erased(db, cast):
    """A story that Bas may no longer keep, with a call he had promised."""
    note = story(db, cast.town_hall, cast.bas, GONE)
    db.add(Contact(note_id=note.id, reach=b"sealed"))
    db.flush()
    return note


@pytest.fixture
def action(db, cast, actor, erased):
    """Rests on the erased story first, and on one that stays."""
    bas = actor(cast.bas)
    made = raised(db, bas, erased, quotes=["story:0-31"])
    stays = story(db, cast.town_hall, cast.bas)
    raising.add_evidence(db, made, stays, ["story:28-58"], by=bas)
    erased.erased_at = now()
    db.add(erased)
    db.commit()
    return made


def test_bas_reads_the_words_of_an_erased_story_on_no_page_list_or_file(as_user, cast, action):
    bas = as_user(cast.bas)
    for path in (
        "/today",
        "/actions",
        f"/actions/{action.id}",
        "/api/v1/actions",
        f"/api/v1/actions/{action.id}",
        "/exports/actions.csv",
    ):
        answer = bas.get(path)
        assert answer.status_code == 200, path
        assert GONE not in answer.text, path
    assert "Ik wilde juist iemand spreken." in bas.get("/actions").text
    assert "Ik wilde juist iemand spreken." in bas.get(f"/actions/{action.id}").text


def test_an_erased_customer_is_counted_nowhere(as_user, db, cast, actor, erased, action):
    (card,) = next(c for c in columns.board(db, actor(cast.bas), ActionFilter()) if c.cards).cards
    assert card.customers == 1
    assert telling.still_to_tell(db, [action.id]) == {}
    assert len(queries.evidence_of(db, action.id)) == 1
    db.commit()
    bas = as_user(cast.bas)
    assert bas.get(f"/api/v1/actions/{action.id}").json()["customers"] == 1
    (row,) = csv.DictReader(bas.get("/exports/actions.csv?dialect=rfc4180").text.splitlines())
    assert row["customers"] == "1"
    assert bas.get(f"/api/v1/actions?safari={erased.safari_id}").json()["items"] == []
