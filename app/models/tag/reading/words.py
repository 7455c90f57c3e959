"""Tokenise: cut a text in words, fold their spelling, and remember where each stood."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

LONGEST_WORD = 48
"""Longer runs of letters are no words; they are kept as a place but never matched."""

MARKS = "\u0300-\u036f\u200c\u200d\ufe0f"
LETTER = rf"[^\W_][{MARKS}]*"
TOKEN = re.compile(
    rf"(?P<word>\d+(?:[.,:]\d+)*[^\W_]*[{MARKS}]*|['’‘`´]?(?:{LETTER})+(?:['’‘`´](?:{LETTER})+)*|€)"
    r"|(?P<stop>[.!?;:…]+|\n+)|(?P<comma>,|\s[-–—]+\s|[()])"
    r"|(?P<emoji>[\u2600-\u27bf\U0001f300-\U0001faff])"
)
APOSTROPHES = str.maketrans("’‘`´", "''''")
STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Text:
    """One field in words. `line`: the folded words, each followed by a space; a stop is a word of its own (".")."""

    field: str
    raw: str
    line: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: tuple[int, ...]
    breaks: frozenset[int]
    """Words with a comma or dash right after them: where a clause may end."""


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    """Lower case, without accents, straight apostrophes, stretched letters shortened."""
    if len(word) > LONGEST_WORD:
        return "_"
    if word == "€":
        return "euro"
    word = word.translate(APOSTROPHES).lower()
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in parts if c.isalnum() or c == "'")
    if word[:1].isdigit():
        word = re.sub(r"[.,:]", "", word)
    return STRETCHED.sub(r"\1\1", word) or "_"


def tokenise(
    field: str, raw: str, spelling: Mapping[str, str], mended: Callable[[str], str] | None = None
) -> Text:
    """Fold every word; `spelling` maps a bare form (chat language, dialect, a typing error) to the usual one. `mended`
    is asked for any other, and never for what may be a name: a word with a capital."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: set[int] = set()
    for found in TOKEN.finditer(raw):
        kind = found.lastgroup
        if kind == "comma":
            breaks.add(len(words) - 1)
            continue
        if kind == "stop":
            if not words or words[-1] == ".":
                continue
            word = "."
        elif kind == "emoji":
            word = found[0]
        else:
            shown = bare(found[0])
            word = _usual(shown, spelling)
            if mended and shown not in spelling and found[0].islower():
                word = mended(word)
        words.append(word)
        start, end = found.span()
        if kind == "word" and raw[start] in "'’‘`´" and shown not in spelling:
            start += 1
        starts.append(start)
        ends.append(end)
    places: list[int] = []
    parts: list[str] = []
    place = 0
    for at, word in enumerate(words):
        places.append(place)
        part = f"{word}, " if at in breaks else f"{word} "
        parts.append(part)
        place += len(part)
    return Text(
        field,
        raw,
        "".join(parts),
        tuple(words),
        tuple(starts),
        tuple(ends),
        tuple(places),
        frozenset(breaks),
    )


def _usual(shown: str, spelling: Mapping[str, str]) -> str:
    """The apostrophe of 't or m'n belongs to the word; one that opens a quotation does not."""
    if usual := spelling.get(shown):
        return usual
    if "'" not in shown:
        return shown
    word = shown.lstrip("'")
    return spelling.get(word) or word.replace("'", "") or "_"
