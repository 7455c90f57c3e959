"""The small language of the lexicon, compiled once.

wacht*          a word that begins so; *rij ends so; *wacht* holds it
aan de lijn     words in a row (a comma between them does not matter)
bel .. terug    at most 3 words between; ... at most 6; never over the end of a sentence
(bel|belde)     one of these; each may be several words
de?             may be left out
#               a number in digits
<uur>           a group from the word lists
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

PIECE = re.compile(r"\.{2,3}|<[\w-]+>\??|[()|]\??|[^\s()|<>]+")
GAPS = {"..": 3, "...": 6}
ANY = r"[^ ,.]"
END = r",? "


@dataclass(frozen=True, slots=True)
class Compiled:
    """`firsts`: the words (with * or #) it can begin with; `regex` is None when one word says it all.

    `needs`: one of these words must stand somewhere in the text, else there is no use in trying; empty when unknown.
    """

    firsts: tuple[str, ...]
    regex: re.Pattern[str] | None
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    regex: str
    firsts: frozenset[str]
    skippable: bool
    needs: frozenset[str] = frozenset()


def compile_pattern(source: str, groups: Mapping[str, Sequence[str]]) -> Compiled:
    """ValueError when brackets do not match, a group is unknown or a pattern could begin anywhere."""
    pieces = PIECE.findall(source)
    if len(pieces) == 1 and pieces[0][0] not in "<.(":
        return Compiled((pieces[0],), None)
    part = _choice(iter([*pieces, ")"]), groups, source)
    if part.skippable or "" in part.firsts:
        raise ValueError(f"cannot begin anywhere: {source!r}")
    return Compiled(tuple(sorted(part.firsts)), re.compile(part.regex), part.needs)


def _choice(pieces: Iterator[str], groups: Mapping[str, Sequence[str]], source: str) -> Part:
    options: list[Part] = []
    row: list[Part] = []
    for piece in pieces:
        mark, optional = piece.rstrip("?"), piece.endswith("?")
        if mark == "|" or mark == ")":
            options.append(_row(row))
            row = []
            if mark == ")":
                whole = _either(options)
                return _maybe(whole) if optional else whole
            continue
        if mark == "(":
            row.append(_choice(pieces, groups, source))
            continue
        if mark in GAPS:
            part = Part(rf"(?:{ANY}+{END}){{0,{GAPS[mark]}}}?", frozenset({""}), True)
        elif mark.startswith("<"):
            if mark[1:-1] not in groups:
                raise ValueError(f"unknown group {mark} in {source!r}")
            members = " | ".join(groups[mark[1:-1]])
            part = _choice(iter([*PIECE.findall(members), ")"]), groups, source)
        else:
            part = Part(_word(mark), frozenset({mark}), False)
        row.append(_maybe(part) if optional else part)
    raise ValueError(f"brackets do not match: {source!r}")


def _word(mark: str) -> str:
    if mark == "#":
        return rf"\d{ANY}*{END}"
    return re.escape(mark).replace(r"\*", f"{ANY}*") + END


def _row(parts: Sequence[Part]) -> Part:
    firsts: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    skippable = True
    for part in parts:
        if skippable:
            firsts |= part.firsts
        elif not part.skippable and all(first.isalnum() for first in part.firsts):
            needs = part.firsts
        skippable = skippable and part.skippable
    return Part("".join(part.regex for part in parts), firsts, skippable, needs)


def _either(options: Sequence[Part]) -> Part:
    firsts = frozenset[str]().union(*(option.firsts for option in options))
    body = "|".join(option.regex for option in options)
    needs = options[0].needs if len(options) == 1 else frozenset()
    return Part(f"(?:{body})", firsts, any(option.skippable for option in options), needs)


def _maybe(part: Part) -> Part:
    return Part(f"(?:{part.regex})?", part.firsts, True)
