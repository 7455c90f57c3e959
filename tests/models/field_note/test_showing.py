import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.models.field_note import reading, tagging
from app.models.field_note.showing import Mark, Piece, marked
from app.models.field_note.table import Tagging, TaggingState
from tests.makers_note import STORY, interview, observation, recorded, running_safari

TEXT = "Ik moest wachten."


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


def test_a_text_without_marks_is_one_plain_piece():
    assert marked(TEXT, []) == [Piece(TEXT)]
    assert marked("", []) == []


def test_marks_that_overlap_share_the_piece_in_the_middle():
    pieces = marked("abcdef", [Mark(0, 4, "one"), Mark(2, 6, "two")])
    assert pieces == [
        Piece("ab", frozenset({"one"})),
        Piece("cd", frozenset({"one", "two"})),
        Piece("ef", frozenset({"two"})),
    ]


def test_a_mark_inside_another_and_the_same_mark_twice_stay_whole():
    pieces = marked("abcdef", [Mark(0, 6, "one"), Mark(2, 4, "two"), Mark(2, 4, "two")])
    assert [piece.text for piece in pieces] == ["ab", "cd", "ef"]
    assert all("one" in piece.tags for piece in pieces)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40), st.sampled_from("abc")), max_size=6),
)
def test_whatever_is_marked_no_character_is_lost_doubled_or_wrongly_lit(text, given_marks):
    marks = [Mark(*mark) for mark in given_marks]
    pieces = marked(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        for mark in marks:
            if 0 <= mark.start < mark.end <= len(text) and mark.tag_id not in piece.tags:
                assert not mark.start <= at < mark.end
        at += len(piece.text)


def test_a_talk_reads_as_the_guide_asks_with_choices_in_words(db, cast, actor, safari):
    answers = {
        "moment": {"value": "phone"},
        "way": {"value": ["told_again", "sent_on"]},
        "first_time_right": {"value": False},
        "nps": {"value": 6},
        "advice": {"value": "Maak één loket", "literal": False},
        "quote-2": {"value": "En toen niks.", "literal": True},
    }
    note = recorded(db, actor(cast.bas), interview(safari.id, answers=answers))
    lines = {line.key: line for line in reading.story(db, actor(cast.bas), note).lines}
    assert list(lines)[:3] == ["story", "moment", "hindrance"]
    assert list(lines)[-1] == "quote-2"
    assert [choice["nl"] for choice in lines["moment"].choices] == ["Aan de telefoon"]
    assert [choice["en"] for choice in lines["way"].choices] == [
        "I was sent on to someone else",
        "I had to tell my story again",
    ]
    assert lines["first_time_right"].yes is False
    assert lines["nps"].number == 6
    assert lines["story"].literal
    assert not lines["advice"].literal
    assert not lines["promise"].answered


def test_an_observation_reads_as_its_words_and_its_text(db, cast, actor, safari):
    draft = observation(safari.id, "Lange rij") | {
        "answers": {"words": {"value": ["busy"]}, "text": {"value": "Lange rij"}}
    }
    note = recorded(db, actor(cast.bas), draft)
    words, text = reading.story(db, actor(cast.bas), note).lines
    assert [choice["nl"] for choice in words.choices] == ["Druk"]
    assert "".join(piece.text for piece in text.pieces) == "Lange rij"


def test_what_a_label_rests_on_is_marked_until_the_label_is_rejected(db, cast, actor, safari):
    bas = actor(cast.bas)
    note = recorded(db, bas, interview(safari.id))
    assert any(piece.tags for piece in reading.story(db, bas, note).lines[0].pieces)
    for suggestion in db.exec(select(Tagging).where(Tagging.note_id == note.id)).all():
        tagging.decide(db, note, suggestion.tag_id, TaggingState.REJECTED, by=bas)
    assert reading.story(db, bas, note).lines[0].pieces == [Piece(STORY)]


def test_a_label_shows_its_own_words_and_only_what_is_missing_can_be_added(db, cast, actor, safari):
    bas = actor(cast.bas)
    note = recorded(db, bas, interview(safari.id))
    story = reading.story(db, bas, note)
    waiting = next(label for label in story.labels if label.tag.slug == "wachttijd")
    assert waiting.quotes
    assert all(quote in STORY for quote in waiting.quotes)
    assert "wachttijd" not in {tag.slug for tag in story.others}
