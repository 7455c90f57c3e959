from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from sqlmodel import select

from app import errors
from app.models.field_note import queries, tagging
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from tests.makers_note import interview, observation, recorded, running_safari


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


def found(db, who, **wanted):
    return [note.id for note in queries.page(db, who, FieldNoteFilter(**wanted)).items]


def test_a_place_stands_for_all_places_below_it(db, cast, actor, safari):
    bas = actor(cast.bas)
    note = recorded(db, bas, interview(safari.id))
    for place in (cast.waterrijk, cast.city, cast.town_hall):
        assert found(db, bas, location=place) == [note.id]
    assert found(db, bas, location=cast.bank) == []
    assert found(db, bas, location="there-is-no-such-place") == []


def test_no_filter_shows_dirk_a_note_of_the_town_hall(db, cast, actor, safari):
    recorded(db, actor(cast.bas), interview(safari.id))
    dirk = actor(cast.dirk)
    for wanted in (
        {},
        {"location": cast.town_hall},
        {"safari": safari.id},
        {"q": "half uur"},
        {"tag": "wachttijd"},
    ):
        assert found(db, dirk, **wanted) == []


def test_a_rejected_tag_no_longer_finds_the_note(db, cast, actor, safari):
    bas = actor(cast.bas)
    note = recorded(db, bas, interview(safari.id))
    wachttijd = db.exec(select(Tag).where(Tag.slug == "wachttijd")).one()
    assert found(db, bas, tag="wachttijd") == [note.id]
    tagging.decide(db, note, wachttijd.id, TaggingState.REJECTED, by=bas)
    assert found(db, bas, tag="wachttijd") == []
    assert found(db, bas, tag="wachttijd", tagging="rejected") == [note.id]


def test_suggested_finds_the_notes_whose_labels_are_still_to_check(db, cast, actor, safari):
    bas = actor(cast.bas)
    note = recorded(db, bas, interview(safari.id))
    assert found(db, bas, tagging="suggested") == [note.id]
    for suggestion in db.exec(select(Tagging).where(Tagging.note_id == note.id)).all():
        tagging.decide(db, note, suggestion.tag_id, TaggingState.ACCEPTED, by=bas)
    assert found(db, bas, tagging="suggested") == []


@pytest.mark.parametrize("words", ["HALF UUR", "zes keer gebeld", "één loket", "100%"])
def test_words_are_found_in_headline_and_answers_whatever_their_case(db, cast, actor, safari, words):
    bas = actor(cast.bas)
    advice = {"value": "Maak één loket. Dan is het 100% goed. Zes keer gebeld!", "literal": False}
    note = recorded(db, bas, interview(safari.id, answers={"advice": advice}))
    assert found(db, bas, q=words) == [note.id]


@pytest.mark.parametrize("words", ["literal", "value", "_", "%", "100_"])
def test_a_search_looks_at_what_was_said_and_not_at_how_it_is_kept(db, cast, actor, safari, words):
    bas = actor(cast.bas)
    recorded(db, bas, interview(safari.id, answers={"advice": {"value": "1000 stoelen", "literal": True}}))
    assert found(db, bas, q=words) == []


def test_an_observation_is_found_by_its_text_and_kind(db, cast, actor, safari):
    bas = actor(cast.bas)
    talk = recorded(db, bas, interview(safari.id))
    seen = recorded(db, bas, observation(safari.id, "Het bord hangt scheef"))
    assert found(db, bas, q="BORD") == found(db, bas, kind="observation") == [seen.id]
    assert found(db, bas, kind="interview") == [talk.id]


def test_days_are_those_of_the_organisation_and_both_count(db, cast, actor, safari):
    bas = actor(cast.bas)
    late = datetime(2026, 11, 24, 23, 59, tzinfo=ZoneInfo("Europe/Amsterdam"))
    note = recorded(db, bas, interview(safari.id) | {"held_at": late.isoformat()})
    day, before, after = date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 25)
    assert found(db, bas, from_=day, to=day) == [note.id]
    assert found(db, bas, to=before) == found(db, bas, from_=after) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "letter"),
        ("sentiment", "boos"),
        ("tagging", "maybe"),
        ("from", "gisteren"),
        ("to", "2026-13-01"),
    ],
)
def test_a_wrong_value_is_named(field, value):
    with pytest.raises(ValidationError) as wrong:
        FieldNoteFilter.model_validate({field: value})
    assert [error["loc"] for error in wrong.value.errors()] == [(field,)]


def test_a_last_day_before_the_first_is_named():
    with pytest.raises(ValidationError, match=r"filter\.days_reversed"):
        FieldNoteFilter.model_validate({"from": "2026-11-24", "to": "2026-11-23"})


def test_pages_follow_each_other_without_gaps_or_doubles_while_notes_come_in(db, cast, actor, safari):
    bas = actor(cast.bas)
    notes = [recorded(db, bas, observation(safari.id, f"Rij {n}")).id for n in range(5)]
    first = queries.page(db, bas, FieldNoteFilter(), limit=2)
    recorded(db, bas, observation(safari.id, "Net binnen"))
    second = queries.page(db, bas, FieldNoteFilter(), limit=2, cursor=first.next)
    third = queries.page(db, bas, FieldNoteFilter(), limit=2, cursor=second.next)
    seen = [note.id for page in (first, second, third) for note in page.items]
    assert seen == notes[::-1]
    assert third.next is None


@pytest.mark.parametrize("cursor", ["x", "e30", "WyJhIiwgImIiXQ", "WyIyMDI2LTExLTI0IiwgImIiXQ"])
def test_a_cursor_that_is_not_ours_is_refused(db, cast, actor, cursor):
    with pytest.raises(errors.Invalid):
        queries.page(db, actor(cast.bas), FieldNoteFilter(), cursor=cursor)
