"""Euros and minutes as people say them, in figures and in words, in Dutch and in English. Pure."""

import re

UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
         "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")  # fmt: skip
TENS = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 70: "zeventig", 80: "tachtig",
        90: "negentig"}  # fmt: skip
ENGLISH = {"a": 1, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30,
           "forty": 40, "fifty": 50}  # fmt: skip
PARTS = {"kwartiertje": 15, "kwartier": 15, "halfuur": 30, "half uur": 30, "half uurtje": 30, "drie kwartier": 45,
         "anderhalf uur": 90, "half an hour": 30, "half hour": 30, "quarter of an hour": 15}  # fmt: skip


def _words() -> dict[str, int]:
    found = {word: number for number, word in enumerate(UNITS)} | {"één": 1, "honderd": 100}
    for ten, word in TENS.items():
        found[word] = ten
        for number in range(1, 10):
            unit = UNITS[number]
            found[f"{unit}{'ën' if unit.endswith('e') else 'en'}{word}"] = ten + number
    return found | ENGLISH


LOOK_BACK = 8
WORDS = _words()
# The longest first, so that "vijfendertig" is not read as "vijf".
NUMBER = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
PART = "|".join(sorted(PARTS, key=len, reverse=True)).replace(" ", r"\s")
FIGURES = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
IN_FRONT = rf"€\s?(?:{FIGURES})(?:[.,]\d{{2}}(?!\d)|,-)?"
BEHIND = rf"\b(?:(?:{FIGURES})(?:[.,]\d{{2}})?|{NUMBER})\s(?:euro|EUR)s?\b"
EUROS = f"(?:{IN_FRONT}|{BEHIND})"
MINUTES = rf"\b(?:(\d{{1,3}}|{NUMBER})\s(minuten|minuut|minuutjes|min|minutes?|uur|hours?)|({PART}))\b"

_EUROS = re.compile(EUROS, re.IGNORECASE)
_MINUTES = re.compile(MINUTES, re.IGNORECASE)
_CLOCK = re.compile(r"\b(?:om|tot|vanaf|voor|at|by)\s$", re.IGNORECASE)
_FIGURES = re.compile(rf"({FIGURES})(?:[.,](\d{{2}}))?")


def cents_in(text: str) -> int | None:
    """The first amount that is named; None without any."""
    found = _EUROS.search(text)
    if found is None:
        return None
    if figures := _FIGURES.search(found[0]):
        return int(figures[1].replace(".", "")) * 100 + int(figures[2] or 0)
    return WORDS[found[0].split()[0].lower()] * 100


def minutes_in(text: str) -> int | None:
    """The first length of time that is named, in minutes; a clock time ("om 4 uur") is none."""
    for found in _MINUTES.finditer(text):
        if found[3]:
            return PARTS[" ".join(found[3].lower().split())]
        number = int(found[1]) if found[1].isdigit() else WORDS[found[1].lower()]
        if not found[2].lower().startswith(("uur", "hour")):
            return number
        if not _CLOCK.search(text, max(0, found.start() - LOOK_BACK), found.start()):
            return number * 60
    return None


def euros_typed(cents: int | None) -> str:
    """As people type it: 35 or 12,50; nothing for no amount."""
    if cents is None:
        return ""
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100},{cents % 100:02d}"
