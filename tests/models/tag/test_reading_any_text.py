"""Whatever is typed: evidence lies inside the note, and reading it again gives the same."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.tag.reading import Reading, read, shipped

SNIPPETS = st.sampled_from(
    [
        "wachten",
        "niet",
        "35 euro",
        "van het kastje naar de muur",
        "'t",
        "‘Dat mag ik niet’",
        "ij",
        "ë",
        "e\u0301",
        ".",
        ", ",
        "\n",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.one_of(SNIPPETS, st.text(max_size=4)), max_size=30).map(" ".join)
)


LEXICON = shipped()
"""Loaded before anything is timed."""


def check(texts: dict[str, str], reading: Reading) -> None:
    assert reading.sentiment in {"positive", "negative", "neutral"}
    for suggestion in reading.suggestions:
        assert suggestion.spans
        assert 0.5 <= suggestion.score <= 1
        for span in suggestion.spans:
            quoted = texts[span.field][span.start : span.end]
            assert 0 <= span.start < span.end <= len(texts[span.field])
            assert quoted == quoted.strip(" \t\n.,;:!?…“”‘()")


@given(st.dictionaries(st.sampled_from(["story", "quote-1", "text"]), TEXTS, max_size=3))
def test_evidence_lies_inside_its_field_and_rereading_gives_the_same(texts: dict[str, str]):
    reading = read(texts, LEXICON)
    check(texts, reading)
    assert read(texts, LEXICON) == reading


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "wachten " * 12_500,
        "niet " * 20_000,
        "!?" * 50_000,
        "-" * 100_000,
        "'" * 100_000,
        "1." * 50_000,
        "😀" * 50_000,
        "ÉÉN UUR IN DE RIJ. " * 5_000,
        "אין תור " * 12_500,
        "maar " * 20_000,
        "e" + "\u0301" * 100_000,
        "van het kastje naar " * 5_000,
    ],
    ids=lambda text: text[:8],
)
def test_a_hundred_thousand_characters_take_no_absurd_time(text: str):
    began = perf_counter()
    check({"story": text}, read({"story": text}, LEXICON))
    assert perf_counter() - began < 5
