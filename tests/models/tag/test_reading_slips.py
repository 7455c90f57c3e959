"""Words typed in a hurry are read as they were meant, and shown as they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.tag.learning.shipped import shipped_model
from app.models.tag.learning.suggesting import suggest
from app.models.tag.reading import read, shipped
from app.models.tag.reading.mending import Mender
from app.models.tag.reading.words import tokenise

LEXICON = shipped()


def words(text: str) -> tuple[str, ...]:
    return tokenise("text", text, LEXICON.spelling, LEXICON.mended).words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("onduidlijk", "onduidelijk"),
        ("onduidelijjk", "onduidelijk"),
        ("onduidelikj", "onduidelijk"),
        ("ondiidelijk", "onduidelijk"),
        ("betaalen", "betalen"),
        ("wachtijd", "wachttijd"),
        ("vreindelijk", "vriendelijk"),
    ],
)
def test_one_slip_in_a_long_word_is_read_as_what_was_meant(typed, meant):
    assert words(f"het was {typed} daar") == ("het", "was", meant, "daar")


@pytest.mark.parametrize(
    "said",
    [
        "Onduidlijk",
        "ONDUIDLIJK",
        "kasa",
        "nduidelijk",
        "ondudlijk",
        "waardoor",
        "haarfijn",
        "spanning",
        "queueing",
    ],
)
def test_names_short_words_other_first_letters_two_slips_and_real_words_stay(said):
    assert words(f"het is {said} zei hij")[2] == said.lower()


def test_the_evidence_is_what_was_typed():
    text = "Alles was zo ondudelijk, ik snapte er niks van."
    reading = suggest({"text": text}, LEXICON, shipped_model())
    found = {one.slug: one for one in reading.suggestions}
    spans = [text[span.start : span.end] for span in found["duidelijkheid"].spans]
    assert any("ondudelijk" in span for span in spans)
    assert {one.slug for one in read({"text": text}, LEXICON).suggestions} >= {"duidelijkheid"}


def test_of_two_that_are_as_near_the_commoner_one_was_meant():
    mender = Mender({"wachten": 9, "wachter": 2, "wachtes": 1})
    assert mender.mended("wachtem") == "wachten"
    assert mender.mended("wachtes") == "wachtes"


@given(st.text(max_size=60))
def test_mending_moves_no_word_and_mends_no_further_the_second_time(text: str):
    plain = tokenise("text", text, LEXICON.spelling)
    mended = tokenise("text", text, LEXICON.spelling, LEXICON.mended)
    assert (plain.starts, plain.ends, plain.breaks) == (mended.starts, mended.ends, mended.breaks)
    assert all(LEXICON.mended(word) == word for word in mended.words)
