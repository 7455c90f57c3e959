import pytest

from app.models.proposal.stems import root, stems_of


@pytest.mark.parametrize(
    "written",
    ["€ 35", "€35,00", "35 euro", "35,- euro", "35,00 euro", "vijfendertig euro", "Vijfendertig euro's"],
)
def test_an_amount_is_the_same_however_it_was_written(written):
    assert [stem for stem in stems_of(f"Dat kost {written} per keer.") if stem[0] == "€"] == ["€35"]


@pytest.mark.parametrize(("written", "stem"), [("€ 17,50", "€17,50"), ("1.250 euro", "€1250"), ("€ 3", "€3")])
def test_an_amount_keeps_its_cents_and_loses_its_points(written, stem):
    assert stem in stems_of(written)


def test_words_that_say_little_are_left_out_and_others_lose_their_endings():
    assert set(stems_of("Ik moest heel lang wachten.")) == {"lang", "wacht", "^wacht"}


def test_a_compound_begins_as_its_first_word_does():
    shared = stems_of("overboeking").keys() & stems_of("overboekingskosten").keys()
    assert {root(stem) for stem in shared} == {"overb"}


def test_a_plain_number_is_no_amount():
    assert "4" in stems_of("Bij balie 4")
    assert not [stem for stem in stems_of("Bij balie 4") if stem[0] == "€"]


def test_no_words_say_nothing():
    assert stems_of("") == stems_of("…!") == {}
