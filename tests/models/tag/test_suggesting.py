"""What the tagger suggests with what it learned: the note's own words, sensible silence, the same every time."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.tag.learning import learning
from app.models.tag.learning.decided import Decided
from app.models.tag.learning.examples import shipped_examples
from app.models.tag.learning.learning import learn
from app.models.tag.learning.model import from_bytes, to_bytes
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.learning.suggesting import suggest
from app.models.tag.reading import Voice, shipped
from tests.models.tag.test_reading_any_text import TEXTS, check

LEXICON, MODEL = shipped(), shipped_model()


def themes(text: str) -> set[str]:
    return {one.slug for one in suggest({"text": text}, LEXICON, MODEL).suggestions}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["story", "quote-1", "text"]), TEXTS, max_size=3))
def test_evidence_lies_inside_its_field_and_rereading_gives_the_same(texts: dict[str, str]):
    reading = suggest(texts, LEXICON, MODEL)
    check(texts, reading)
    assert suggest(texts, LEXICON, MODEL) == reading


@pytest.mark.parametrize(
    "text", ["", " \n", "😀🎉👍🏽", "?!...", "שלום, איך הולך?", "12 34 56", "e\u0301\u0301"]
)
def test_where_nothing_is_said_nothing_is_suggested(text: str):
    assert themes(text) == set()


def test_a_customer_who_uses_none_of_the_usual_words_is_understood():
    said = "Toen ik eindelijk aan de beurt was, ging het luik voor mijn neus dicht. Schandalig."
    reading = suggest({"text": said}, LEXICON, MODEL)
    assert "wachttijd" in {one.slug for one in reading.suggestions}
    assert reading.sentiment == "negative"


def test_capitals_flemish_and_typing_errors_are_no_hindrance():
    assert "wachttijd" in themes("DRIE KWARTIER IN DE RIJ GESTAAN VOOR EEN POSTZEGEL")
    assert "bejegening" in themes("ze was echt heel vriendlijk en luisterde goe naar mij")
    assert "bejegening" in themes("She was so rude to my mother, never even looked up.")


def test_praise_before_a_but_does_not_hide_the_complaint():
    text = "Het meisje was vriendelijk, maar ik heb drie kwartier staan wachten."
    found = {one.slug: one.sentiment for one in suggest({"text": text}, LEXICON, MODEL).suggestions}
    assert found["wachttijd"] == "negative"
    assert "bejegening" in found


def test_a_field_that_counts_for_less_suggests_less():
    text = {"advice": "Zet er een bordje bij."}
    quiet = {"advice": Voice(themes=0.01)}
    assert suggest(text, LEXICON, MODEL, quiet).suggestions == ()


def test_a_model_comes_back_from_its_bytes_as_it_was():
    again = from_bytes(to_bytes(MODEL))
    text = {"text": "Van het kastje naar de muur gestuurd en niemand belde terug."}
    assert suggest(text, LEXICON, again) == suggest(text, LEXICON, MODEL)


BOOKS = [
    "De kinderhoek met prentenboeken is verplaatst naar boven.",
    "Mijn zoon wilde prentenboeken lezen in de kinderhoek, en die was dicht.",
    "Zo'n gezellige kinderhoek, we hebben er een uur prentenboeken gekeken.",
    "Waarom is er geen kinderhoek meer? De prentenboeken liggen nu op zolder.",
    "In de kinderhoek lagen de prentenboeken door elkaar.",
]
OTHERS = ["De bus was te laat.", "Prima geholpen aan de balie.", "Ik snap de brief niet.", "Het was er koud."]


def taught() -> list[Decided]:
    notes = [Decided(f"b{n}", {"text": text}, {"kinderhoek": []}) for n, text in enumerate(BOOKS)]
    return notes + [Decided(f"o{n}", {"text": text}, {}) for n, text in enumerate(OTHERS)]


@pytest.fixture(scope="module")
def learned():
    """From a tenth of the shipped examples, which does here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(learning, "shipped_examples", lambda lexicon: shipped_examples(lexicon)[::10])
        yield found_now()


def found_now():
    found = learn(taught(), [*LEXICON.themes, "kinderhoek"], LEXICON, MODEL)
    assert found
    return found


def test_a_theme_of_five_examples_is_suggested_in_the_sixth_note_with_its_words(learned):
    text = "Mijn dochter zocht de prentenboeken, want de kinderhoek was leeg."
    found = {one.slug: one for one in suggest({"text": text}, LEXICON, learned.model).suggestions}
    [span] = found["kinderhoek"].spans
    assert "kinderhoek" in text[span.start : span.end] or "prentenboeken" in text[span.start : span.end]
    assert found["kinderhoek"].origin == "learned"
    assert "kinderhoek" not in themes(text)
    away = suggest({"text": "De rij bij de balie was lang."}, LEXICON, learned.model).suggestions
    assert "kinderhoek" not in {one.slug for one in away}


def test_the_same_decisions_in_another_order_give_the_same_model(learned):
    again = learn(taught()[::-1], [*LEXICON.themes, "kinderhoek"], LEXICON, MODEL)
    assert again
    assert to_bytes(again.model) == to_bytes(learned.model)
    assert again.figures == learned.figures


def test_what_was_learned_is_held_against_decisions_it_has_not_seen(learned):
    assert learned.figures["learned"] > learned.figures["before"]
    assert learned.better
    worse = replace(learned, figures=learned.figures | {"learned": learned.figures["before"] - 0.1})
    assert not worse.better


def test_without_an_accepted_theme_there_is_nothing_to_learn():
    assert (
        learn([Decided("x", {"text": "Hallo"}, {}, frozenset({"kosten"}))], LEXICON.themes, LEXICON, MODEL)
        is None
    )
