"""Spans: from the words that matched to words a person can read."""

from itertools import accumulate

from app.models.tag.reading.words import Text

READABLE = 12
"""A clause up to this many words is quoted whole; of a longer one the match with a few words around it."""
AROUND = 3


def readable(text: Text, begins: int, ends: int) -> tuple[int, int]:
    """The words [first, last) to quote around [begins, ends); within one sentence, never ending on a stop."""
    first, last = clause(text, begins, ends)
    if last - first > READABLE:
        first, last = max(first, begins - AROUND), min(last, ends + AROUND)
    while last - 1 > begins and not text.words[last - 1].isalnum():
        last -= 1
    while first < begins and not text.words[first].isalnum():
        first += 1
    return first, last


def clause(text: Text, first: int, last: int) -> tuple[int, int]:
    """Grow to the nearest stop, comma or dash on both sides."""
    words, breaks = text.words, text.breaks
    while first > 0 and words[first - 1] != "." and first - 1 not in breaks:
        first -= 1
    while last < len(words) and words[last] != "." and last - 1 not in breaks:
        last += 1
    return first, last


def clauses(text: Text) -> list[int]:
    """The number of the clause each word stands in."""
    opens = (at - 1 in text.breaks or text.words[at - 1] == "." for at in range(1, len(text.words)))
    return list(accumulate(map(int, opens), initial=0))


def merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that overlap become one."""
    whole: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if whole and first < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(last, whole[-1][1]))
        else:
            whole.append((first, last))
    return whole
