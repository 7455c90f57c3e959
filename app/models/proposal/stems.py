"""What a sentence is about, for likening it to others: the stems of its content words, numbers and amounts. Pure."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from app.models.tag.learning.features import stem as stem_of
from app.models.tag.reading import shipped
from app.models.tag.reading.words import bare

AMOUNT, NUMBER, PLAIN, PREFIX = 2.5, 1.5, 1.0, 0.6
PREFIX_LENGTH = 5
"""Dutch writes compounds as one word: "overboeking" and "overboekingskosten" begin alike."""

TOKEN = re.compile(
    r"(?:€|\beuro|\beur)\s*(?P<after>\d[\d.]*(?:,\d\d)?)(?:,-)?"
    r"|(?P<before>\d[\d.]*(?:,\d\d)?)(?:,-)?\s*(?:€|euro'?s?\b|eur\b)"
    r"|(?P<spelled>[a-zë]+)\s+euro'?s?\b(?!\s*\d)"
    r"|(?P<number>\d+)"
    r"|(?P<word>['’]?[^\W\d_]+(?:['’][^\W\d_]+)*)",
    re.IGNORECASE,
)
LISTS: dict[str, str] = tomllib.loads((Path(__file__).parent / "words.toml").read_text())
COMMON = frozenset(LISTS["common"].split())


def _spelled() -> dict[str, int]:
    """ "vijfendertig" -> 35, up to ninety-nine, and a few round ones."""
    low = {word: number for number, word in enumerate(LISTS["low"].split())}
    tens = {word: number for number, word in zip(range(20, 100, 10), LISTS["tens"].split(), strict=True)}
    units = [(word, number) for word, number in low.items() if 0 < number < 10]
    both = {f"{unit}en{ten}": more + number for ten, number in tens.items() for unit, more in units}
    return low | tens | both | {"honderd": 100, "tweehonderd": 200, "vijfhonderd": 500, "duizend": 1000}


SPELLED = _spelled()


def stems_of(text: str) -> dict[str, str]:
    """Stem -> how it stands in the text the first time. "€35" is an amount however it was written, "20" a number;
    "^overb" is how a long word begins."""
    found: dict[str, str] = {}
    for token in TOKEN.finditer(text):
        for stem in _stems(token):
            found.setdefault(stem, token[0])
    return found


def boost(stem: str) -> float:
    """How much this kind of stem says, before how rare it is."""
    if stem[0] == "€":
        return AMOUNT
    if stem[0] == "^":
        return PREFIX
    return NUMBER if stem.isdecimal() else PLAIN


@lru_cache(maxsize=50_000)
def root(stem: str) -> str:
    """The same for a word and for how it begins, so that one word counts as one."""
    return stem.lstrip("^")[:PREFIX_LENGTH] if stem[0] != "€" else stem


def _stems(token: re.Match[str]) -> tuple[str, ...]:
    if amount := token["after"] or token["before"]:
        return (f"€{_whole(amount)}",)
    if spelled := token["spelled"]:
        number = SPELLED.get(bare(spelled))
        return (f"€{number}",) if number and number > 1 else (*_of_word(spelled), *_of_word("euro"))
    return (token["number"],) if token["number"] else _of_word(token["word"])


def _whole(amount: str) -> str:
    return re.sub(r",00$", "", amount.rstrip(".").replace(".", ""))


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[str, ...]:
    folded = bare(word)
    folded = shipped().spelling.get(folded, folded).strip("'")
    if len(folded) < 2 or folded in COMMON:
        return ()
    stem = stem_of(folded)
    return (stem, f"^{stem[:PREFIX_LENGTH]}") if len(stem) >= PREFIX_LENGTH else (stem,)
