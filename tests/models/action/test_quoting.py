import time
from typing import Any

import pytest

from app.models.action.quoting import Span, bounds, picked, sentences

TEXT = "Ik belde mevr. Jansen. ‘Wacht maar!’ zei ze…  Toen niets meer.\nEn toen?"
ANSWERS: dict[str, Any] = {
    "story": {"value": TEXT, "literal": True},
    "nps": {"value": 3},
    "channel": {"value": "balie"},
}


def words(text):
    return [text[start:end] for start, end in bounds(text)]


def test_a_story_falls_apart_into_its_sentences():
    assert words(TEXT) == [
        "Ik belde mevr. Jansen.",
        "‘Wacht maar!’",
        "zei ze…",
        "Toen niets meer.",
        "En toen?",
    ]


def test_a_line_without_a_stop_is_a_sentence_and_white_space_is_none():
    assert words("  geen punt ") == ["geen punt"]
    assert words(" \n\n . ") == []


def test_every_sentence_stands_literally_in_its_field():
    for quote in sentences(ANSWERS, []):
        assert ANSWERS[quote.field]["value"][quote.start : quote.end] == quote.text


def test_choices_and_numbers_are_no_words_to_quote():
    assert {quote.field for quote in sentences(ANSWERS, [])} == {"story"}


def test_a_label_marks_its_words_within_the_sentence_only():
    start = TEXT.index("Toen niets")
    found = sentences(ANSWERS, [Span("story", start - 4, start + 4)])
    marked = [(q.text, q.text[q.mark_start : q.mark_end]) for q in found if q.marked]
    assert ("Toen niets meer.", "Toen") in marked


def test_a_pick_outside_the_text_points_at_nothing():
    found = picked(ANSWERS, "story:0-22", [])
    assert found is not None
    assert found.text == "Ik belde mevr. Jansen."
    for wrong in ("story:0-999", "story:5-5", "elders:0-4", "channel:0-3", "onzin"):
        assert picked(ANSWERS, wrong, []) is None


@pytest.mark.parametrize("piece", [".", "a. ", '."', "?!\n", "nr. "])
def test_a_long_text_that_nobody_speaks_is_cut_in_no_time(piece: str):
    began = time.perf_counter()
    bounds(piece * (20_000 // len(piece)))
    assert time.perf_counter() - began < 1
