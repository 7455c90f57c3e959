"""The pattern language that the lexicon is written in."""

import pytest

from app.models.tag.reading.lexicon import Lexicon
from app.models.tag.reading.reader import read


def fits(pattern: str, text: str) -> bool:
    themes = {"theme": {"negative": {"sure": [pattern]}}}
    lexicon = Lexicon(themes, {}, {"groups": {"tijd": ["uur", "dag*"]}, "spelling": {"nie": "niet"}})
    return bool(read({"story": text}, lexicon).suggestions)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("wacht*", "De wachttijd."),
        ("*rij", "Een wachtrij!"),
        ("*rij*", "Telefoonrijen"),
        ("in de rij", "In de, rij"),
        ("bel .. terug", "Bel mij nu even terug"),
        ("(bel|mail) mij", "mail mij"),
        ("in de? rij", "in rij"),
        ("# <tijd>", "3 dagen"),
        ("# <tijd>", "12,5 uur"),
        ("niet", "nie"),
        ("een", "één"),
    ],
)
def test_it_fits(pattern: str, text: str):
    assert fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("rij", "wachtrij"),
        ("in de rij", "in de. rij"),
        ("bel .. terug", "Bel. Kom terug"),
        ("bel .. terug", "bel een twee drie vier terug"),
        ("# <tijd>", "drie dagen"),
    ],
)
def test_it_does_not_fit(pattern: str, text: str):
    assert not fits(pattern, text)


@pytest.mark.parametrize("pattern", [".. uur", "(bel|mail", "<onbekend> uur", "(de)?"])
def test_a_pattern_that_cannot_be_is_named(pattern: str):
    with pytest.raises(ValueError, match=r"begin|brackets|unknown"):
        fits(pattern, "")


def test_words_that_are_taken_away_do_not_count():
    themes = {"theme": {"not": ["open vraag"], "positive": {"sure": ["open"]}}}
    lexicon = Lexicon(themes, {}, {})
    assert not read({"story": "een open vraag"}, lexicon).suggestions
    assert read({"story": "een open deur"}, lexicon).suggestions


def test_one_hint_abstains_and_two_different_hints_do_not():
    lexicon = Lexicon({"theme": {"neutral": {"hint": ["balie", "telefoon"]}}}, {}, {})
    assert not read({"story": "balie balie"}, lexicon).suggestions
    assert read({"story": "balie telefoon"}, lexicon).suggestions
