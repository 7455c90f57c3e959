"""Which passwords are guessed first. Pure; no rules about kinds of characters.

The lists of leaked passwords, names and words are those of zxcvbn (30,000 passwords, by how often they leaked), which
also estimates how many guesses a password takes: runs of keys, repetitions, dates and letters written as digits count
for little. Dutch words are not in its lists, so the ones that people reach for are here.
"""

import re
from functools import cache
from typing import Any

FEWEST_GUESSES = 1e9
"""At twelve attempts a second, without the brake on tries, that is more than two years."""
LOOKED_AT = 72
"""Characters; what comes after them makes no password weaker."""
SHORTEST_NAME = 4
COMMON = (
    "wachtwoord", "welkom", "geheim", "inloggen", "beheer", "beheerder", "gemeente", "balie", "klant", "lente", "zomer",
    "herfst", "winter", "voorjaar", "najaar", "januari", "februari", "maart", "april", "juni", "juli", "augustus",
    "september", "oktober", "november", "december", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
)  # fmt: skip


def weakness(password: str, *, names: tuple[str, ...] = ()) -> str | None:
    """A code when it holds one of the names, leaked before (digits and signs around it do not help), or is guessed."""
    typed = password.casefold()
    if any(len(name) >= SHORTEST_NAME and name.casefold() in typed for name in ("klantsafari", *names)):
        return "password.names"
    if _core(typed) in _lists()["passwords"]:
        return "password.common"
    guesses, repeats = _guesses(password[:LOOKED_AT])
    if guesses < FEWEST_GUESSES:
        return "password.repeats" if repeats else "password.common"
    return None


def _core(typed: str) -> str:
    """Without the digits and signs that people put around a word to please a rule; all of it when there is no word."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", typed) or typed


def _guesses(typed: str) -> tuple[float, bool]:
    """How many, and whether it is one thing over and over."""
    from zxcvbn.matching import omnimatch
    from zxcvbn.scoring import most_guessable_match_sequence

    found = most_guessable_match_sequence(typed, omnimatch(typed, _lists()))
    return float(found["guesses"]), found["sequence"][0]["pattern"] == "repeat"


@cache
def _lists() -> dict[str, dict[str, Any]]:
    """Read when somebody first chooses a password: they weigh a megabyte, and most processes never need them."""
    from zxcvbn.matching import RANKED_DICTIONARIES, build_ranked_dict

    return {**RANKED_DICTIONARIES, "dutch": build_ranked_dict(COMMON)}
