"""A whole note: what counts in which field, what adds up, and what only looks like a theme."""

import pytest

from app.models.field_note.tagging import VOICES
from app.models.tag.reading import Voice, read, shipped
from app.models.tag.reading.lexicon import Lexicon

FILLER = "Daarna liepen wij samen langs het water naar de markt. "


def heard(texts: dict[str, str]) -> set[str]:
    return {suggestion.slug for suggestion in read(texts, shipped(), VOICES).suggestions}


def test_two_hints_add_up_in_neighbouring_clauses_and_not_across_a_note():
    lexicon = Lexicon({"theme": {"neutral": {"hint": ["balie", "telefoon"]}}}, {}, {})
    assert read({"story": "Eerst de balie, toen de telefoon."}, lexicon).suggestions
    assert not read({"story": "Eerst de balie. Het regende. Toen de telefoon."}, lexicon).suggestions
    assert not read({"story": "Eerst de balie.", "quote-1": "Toen de telefoon."}, lexicon).suggestions


def test_in_a_long_note_two_hints_no_longer_do_and_one_likely_pattern_does():
    lexicon = Lexicon(
        {"hints": {"neutral": {"hint": ["a", "b"]}}, "one": {"neutral": {"likely": ["c"]}}}, {}, {}
    )
    long = read({"story": FILLER * 10 + "a b c"}, lexicon)
    assert [suggestion.slug for suggestion in long.suggestions] == ["one"]


def test_a_field_that_counts_for_less_needs_a_surer_pattern():
    lexicon = Lexicon({"theme": {"neutral": {"likely": ["wachten"]}}}, {}, {})
    texts = {"advice": "Minder wachten."}
    assert read(texts, lexicon).suggestions
    assert not read(texts, lexicon, {"advice": Voice(themes=0.6)}).suggestions


def test_what_stood_in_the_way_and_advice_do_not_turn_a_warm_story():
    texts = {
        "story": "Ze kwam naast mijn vrouw zitten en belde zelf de apotheek op. Toen konden we weer lachen.",
        "hindrance": "De zware deur, en dat het parkeren duur is.",
        "advice": "Maak die deur minder zwaar en het formulier minder moeilijk.",
    }
    assert read(texts, shipped(), VOICES).sentiment == "positive"


def test_kind_advice_does_not_turn_a_bitter_story():
    texts = {
        "story": "Voor de derde keer stond ik voor een dichte deur. Niemand neemt de telefoon op.",
        "advice": "Een vriendelijk bordje met de goede tijden zou al fijn zijn.",
    }
    assert read(texts, shipped(), VOICES).sentiment == "negative"


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("deskundigheid", "Naast het adviesbureau zit een bakker."),
        ("nakomen", "Mijn paraplu was ik vergeten."),
        ("wachttijd", "Mijn vader is drie maanden geleden overleden."),
        ("wachttijd", "Wij komen om drie uur."),
        ("wachttijd", "Elke twee weken kom ik hier."),
        ("regels", "Ik kwam voor een paspoort."),
        ("persoonlijk", "Ik trok een nummertje."),
        ("inrichting", "Ik kom voor een parkeervergunning."),
        ("duidelijkheid", "Zij legt haar pen uit de la op tafel."),
        ("bejegening", "De gastvrouw staat bij de deur."),
    ],
)
def test_a_word_with_another_meaning_is_no_theme(slug: str, text: str):
    assert slug not in heard({"story": text})


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("bejegening", "Hij tilde mijn koffer in de bus."),
        ("bejegening", "Ze kwam naast mij zitten."),
        ("persoonlijk", "Ze kennen ons bij naam."),
        ("persoonlijk", "Hij wist nog wie ik was."),
        ("bereikbaarheid", "Eerst een keuzemenu, toen een bandje."),
        ("bereikbaarheid", "Ik werk overdag, dus ik kan er nooit terecht."),
        ("zelfservice", "Ik werd naar de website verwezen."),
        ("nakomen", "Hij zou dinsdag langskomen en er kwam niemand."),
        ("kosten", "Bij het afrekenen bleek het opeens tien euro duurder."),
        ("regels", "Zonder bonnetje kon ik het niet ruilen."),
        ("opgelost", "Er is nog niets veranderd."),
        ("inrichting", "De kinderwagen past niet door dat poortje."),
        ("doorverwijzen", "Ik moest vier keer hetzelfde vertellen."),
    ],
)
def test_a_situation_is_a_theme_without_its_name(slug: str, text: str):
    assert slug in heard({"story": text})
