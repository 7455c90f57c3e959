"""Words and patterns that an organisation gives to a theme, in the language of `reading/patterns.py`. Pure."""

import re
from collections.abc import Sequence

from app.models.tag.reading.lexicon import shipped
from app.models.tag.reading.patterns import GAPS, PIECE, compile_pattern
from app.models.tag.reading.words import bare

MOST_BRANCHES = 6
"""Gaps, brackets and words that may be left out in one pattern: more could keep the tagger busy for minutes."""
FEWEST_LETTERS = 2
BETWEEN = re.compile(r"[^\w'’*?#]+")


def lines_of(typed: str) -> list[str]:
    """One pattern a line, without blanks and without what stands there already."""
    lines = (" ".join(line.split()) for line in typed.split("\n"))
    return list(dict.fromkeys(line for line in lines if line))


def broken(lines: Sequence[str]) -> int | None:
    """The number (from 1) of the first line that is no pattern."""
    return next((at for at, line in enumerate(lines, start=1) if not _works(line)), None)


def _works(line: str) -> bool:
    try:
        pattern = folded(line)
        compile_pattern(pattern, shipped().groups)
    except ValueError:
        return False
    pieces = PIECE.findall(pattern)
    branches = sum(piece in GAPS or piece[0] in "(<" or piece.endswith("?") for piece in pieces)
    return (
        branches <= MOST_BRANCHES and _closed(pieces) and not (len(pieces) == 1 and pieces[0].endswith("?"))
    )


def _closed(pieces: Sequence[str]) -> bool:
    depth = 0
    for piece in pieces:
        depth += (piece == "(") - piece.startswith(")")
        if depth < 0:
            return False
    return True


def folded(line: str) -> str:
    """The pattern in words as the reader sees them: lower case, no accents, the usual spelling.

    ValueError when a word has a star inside, or too few letters to be one.
    """
    if PIECE.sub("", line).strip():
        raise ValueError(line)
    return " ".join(_folded(piece) for piece in PIECE.findall(line))


def _folded(piece: str) -> str:
    if piece in GAPS or piece[0] in "<()|":
        return piece.lower()
    core = piece.removesuffix("?")
    words = [_word(word) for word in BETWEEN.split(core.lower()) if word]
    if not words:
        raise ValueError(piece)
    if piece.endswith("?"):
        return f"({' '.join(words)})?" if len(words) > 1 else f"{words[0]}?"
    return " ".join(words)


def _word(word: str) -> str:
    if word == "#":
        return word
    before, after = word.startswith("*"), word.endswith("*")
    letters = bare(word.strip("*"))
    if not letters.strip("_") or set("*?#") & set(letters):
        raise ValueError(word)
    if not (before or after):
        return shipped().spelling.get(letters, letters).replace("'", "")
    if len(letters) < FEWEST_LETTERS + before:
        raise ValueError(word)
    return f"{'*' if before else ''}{letters}{'*' if after else ''}".replace("'", "")
