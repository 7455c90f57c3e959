import time

import pytest

from app.models.tag.own_words import broken, folded, lines_of
from app.models.tag.reading import read
from app.models.tag.vocabulary import compiled

WORDS = ["parkeer*", "*automaat", "*parkeer*", "Café Anker", "e-mail*"]
PATTERNS = ["bel .. terug", "de? rij", "(geen|weinig) plek", "<getal> uur"]
UNCLOSED = ["(a|b", "a) b", "()", "<", "<onbekend> uur"]
TOO_WIDE = [".. terug", "de?", "*", "*ab*", "w*cht", "!!!", "a ... " * 12 + "b"]


def spans_of(text: str, *words: str) -> list[str]:
    found = read({"text": text}, compiled((("parkeren", "parkeren", words),))).suggestions
    return [text[s.start : s.end] for one in found if one.slug == "parkeren" for s in one.spans]


@pytest.mark.parametrize("line", WORDS + PATTERNS)
def test_a_word_or_pattern_as_somebody_types_it_works(line):
    assert broken([line]) is None


@pytest.mark.parametrize("line", UNCLOSED + TOO_WIDE)
def test_the_first_line_that_does_not_work_is_named(line):
    assert broken(["parkeren", line, "("]) == 2


def test_blank_and_double_lines_do_not_count():
    assert lines_of(" parkeren \n\n  op   straat\nparkeren\n") == ["parkeren", "op straat"]


def test_capitals_accents_and_hyphens_are_typed_as_people_write_them():
    assert folded("Café Anker") == "cafe anker"
    assert folded("E-mail*") == "e mail*"
    assert spans_of("Bij CAFE ANKER was geen plek.", "Café Anker") == ["Bij CAFE ANKER was geen plek"]
    assert spans_of("Ik kreeg drie e-mails.", "e-mail*") == ["Ik kreeg drie e-mails"]


def test_an_own_word_wins_from_what_is_shipped_as_no_sign_of_the_theme():
    lexicon = compiled((("wachttijd", "wachttijd", ("wachtkamer*",)),))
    text = "De wachtkamer zat vol."
    assert "wachttijd" in {s.slug for s in read({"text": text}, lexicon).suggestions}


def test_no_accepted_pattern_can_keep_the_tagger_busy():
    lexicon = compiled((("druk", "druk", ("(a|a) (a|a) (a|a) (a|a) (a|a) a b",)),))
    began = time.perf_counter()
    read({"text": "a " * 300}, lexicon)
    assert time.perf_counter() - began < 2
