import pytest

from app.models.proposal.likening import Subject, liken
from app.models.proposal.weighing import Words
from tests.makers_proposal import ELSE, FEE, OTHERWISE, passage

TITLE = "Haal de € 35 voor een overboeking weg"
ACTION = Subject("action", TITLE, "critical", {"kosten"}, [TITLE, *FEE])


def likeness(text, **fields):
    said = passage(9, text, **fields)
    return liken(said, ACTION, Words([*FEE, *ELSE, text]))


@pytest.mark.parametrize(
    "text",
    [
        OTHERWISE,
        "Zo'n overboeking aan de balie zou gratis moeten zijn.",
    ],
)
def test_a_fourth_who_says_it_in_other_words_fits(text):
    assert likeness(text)


def test_it_says_in_which_words_they_meet():
    found = likeness("Voor de overboeking betaalde ik vijfendertig euro.")
    assert found.words == ["overboeking", "vijfendertig euro"]


@pytest.mark.parametrize("text", [*ELSE, "Mijn moeder kan dit niet betalen.", "De balie was dicht."])
def test_another_cost_does_not_fit(text):
    assert likeness(text) is None


def test_praise_does_not_fit_a_complaint():
    assert likeness(OTHERWISE, tone="positive") is None


def test_another_theme_fits_only_with_the_same_amount():
    assert likeness("Een overboeking aan de balie.", tag="wachttijd") is None
    assert likeness(OTHERWISE, tag="regels")
