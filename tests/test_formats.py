"""Words within words: a customer who quotes somebody reads as one quote in another."""

import pytest

from app.formats import inner_quotes, quoted


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("‘Nee,’ zei ze, ‘dat mag ik niet.’", "“Nee,” zei ze, “dat mag ik niet.”"),
        ("'Laat maar', dacht ik, 's ochtends vroeg", "“Laat maar”, dacht ik, 's ochtends vroeg"),
        ("Ze zei: 'dat mag m'n baas niet'.", "Ze zei: “dat mag m'n baas niet”."),
        ("O’Brien’s foto's van ’s avonds", "O’Brien’s foto's van ’s avonds"),
        ("een ‘ zonder einde", "een ‘ zonder einde"),
    ],
)
def test_quotes_within_a_quote_are_double_and_apostrophes_stay(said, shown):
    assert inner_quotes(said) == shown
    assert len(shown) == len(said), "marks count in characters"


def test_two_kinds_of_quote_never_touch():
    assert quoted("'Nee', zei ze") == "‘\u202f“Nee”, zei ze’"
    assert quoted("Ze zei 'nee'") == "‘Ze zei “nee”\u202f’"
    assert quoted("Prima gegaan") == "‘Prima gegaan’"
