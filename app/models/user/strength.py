"""Which passwords are guessed first. Pure; no rules about kinds of characters.

This is not yet a list of leaked passwords: that comes with the hardening of sign-in.
"""

import re

FEWEST_CHARACTERS = 5
RUN = 4
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "1234567890", "abcdefghijklmnopqrstuvwxyz")
COMMON = (
    "wachtwoord", "password", "welkom", "welcome", "geheim", "secret", "inloggen", "letmein", "admin", "beheer",
    "manager", "iloveyou", "voorjaar", "zomer", "herfst", "najaar", "winter", "summer", "spring", "autumn",
)  # fmt: skip


def weakness(password: str, *, names: tuple[str, ...] = ()) -> str | None:
    """A code when it is a repetition, mostly a run of keys or well-known words, or holds one of the names."""
    typed = password.casefold()
    if typed in (typed + typed)[1:-1] or len(set(typed)) < FEWEST_CHARACTERS:
        return "password.repeats"
    if any(len(name) >= RUN and name.casefold() in typed for name in ("klantsafari", *names)):
        return "password.names"
    if len(set(_rest(typed))) < FEWEST_CHARACTERS:
        return "password.common"
    return None


def _rest(typed: str) -> str:
    """What is left without runs, common words, digits and signs: the part that has to be guessed."""
    for run in sorted(_runs(typed), key=len, reverse=True):
        typed = typed.replace(run, " ")
    for word in COMMON:
        typed = typed.replace(word, " ")
    return re.sub(r"[\W\d_]", "", typed)


def _runs(typed: str) -> set[str]:
    rows = [*ROWS, *(row[::-1] for row in ROWS)]
    found = set()
    for start in range(len(typed)):
        for end in range(start + RUN, len(typed) + 1):
            if any(typed[start:end] in row for row in rows):
                found.add(typed[start:end])
    return found
