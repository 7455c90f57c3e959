import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.rule.spotting import spotted
from app.models.rule.table import RuleKind

RULE, FEE, SCRIPT = RuleKind.RULE, RuleKind.FEE, RuleKind.SCRIPT


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Ze zei: dat mag ik niet.", "dat mag ik niet", RULE),
        ("Ik wil wel, maar ik mag het niet aannemen.", "ik mag het niet aannemen", RULE),
        ("Dat mag ze niet zeggen.", "Dat mag ze niet zeggen", RULE),
        ("Tja, dat is nu eenmaal de procedure.", "dat is nu eenmaal de procedure", RULE),
        ("Het is beleid, zegt hij dan.", "Het is beleid", RULE),
        ("Het systeem laat dat niet toe.", "systeem laat dat niet toe", RULE),
        ("Zonder legitimatie kan ik niets.", "Zonder legitimatie kan ik niets", RULE),
        ("U moet eerst een formulier invullen.", "eerst een formulier", RULE),
        ("Daar moet ik 35 euro voor rekenen.", "moet ik 35 euro voor rekenen", FEE),
        ("Dat kost u € 12,50.", "kost u € 12,50", FEE),
        ("Een tarief van € 35 voor hulp.", "tarief van € 35", FEE),
        ("Daar zijn kosten aan verbonden.", "zijn kosten aan verbonden", FEE),
        ("Sorry, dit moet ik voorlezen.", "moet ik voorlezen", SCRIPT),
        ("She is not allowed to say that.", "not allowed to say", RULE),
        ("I am sorry, that is our policy.", "our policy", RULE),
        ("The system won’t let me.", "system won’t let", RULE),
        ("Without ID I can’t help you.", "Without ID I can’t", RULE),
        ("We have to charge you €35 for that.", "charge you €35", FEE),
        ("I have to read this out, sorry.", "have to read this out", SCRIPT),
    ],
)
def test_what_employees_say_when_a_rule_is_in_the_way_is_found_word_for_word(text, words, kind):
    (spot,) = spotted(text)
    assert (text[spot.start : spot.end], spot.kind) == (words, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Ik mag niet klagen.",
        "De rekening was twintig euro en de koffie was goed.",
        "Ze hielp me in vijf minuten, zonder wachten.",
        "Dat mocht ik gewoon meenemen.",
        "Het systeem werkt prima.",
        "De kosten waren duidelijk.",
        "It was all very friendly.",
        "",
    ],
)
def test_an_ordinary_story_is_left_alone(text):
    assert spotted(text) == []


@pytest.mark.parametrize(
    ("text", "minutes", "cents"),
    [
        ("Dat kost u € 1.250,50 en een kwartier.", 15, 125_050),
        ("Vijfendertig minuten later: dat mag ik niet.", 35, None),
        ("Na anderhalf uur hoorde ik: dat mogen we niet.", 90, None),
        ("Om 4 uur zei ze: dat mag ik niet.", None, None),
        ("Daar moest ik vijfendertig euro voor betalen.", None, 3_500),
        ("Dat mag ik niet, of u betaalt 35 euro.", None, 3_500),
        ("They charged me 35 euros and it took ten minutes.", 10, 3_500),
    ],
)
def test_minutes_and_euros_of_the_same_sentence_come_along_to_be_confirmed(text, minutes, cents):
    (spot,) = spotted(text)
    assert (spot.minutes, spot.cents) == (minutes, cents)


def test_one_spot_a_sentence_in_the_order_of_the_text_counted_in_code_points():
    text = "😀 Dat mag ik niet. 🙃 Dat kost € 35, dat kost € 40. Fijn."
    found = spotted(text)
    assert [text[spot.start : spot.end] for spot in found] == ["Dat mag ik niet", "kost € 35"]
    assert found[1].cents == 3_500


@given(st.text(alphabet="dat mag ik niet€35, kost.zonder id\n!?é’😀", max_size=300))
def test_whatever_is_typed_every_spot_lies_inside_the_text(text):
    for spot in spotted(text):
        assert 0 <= spot.start < spot.end <= len(text)
        assert text[spot.start : spot.end].strip()


@pytest.mark.parametrize("piece", ["mag ", "kost ", "zonder id ", "€ 1", "systeem laat ", "1.", "moet ik "])
def test_a_long_page_of_the_same_words_is_read_at_once(piece):
    started = time.perf_counter()
    spotted(piece * (20_000 // len(piece)))
    assert time.perf_counter() - started < 2
