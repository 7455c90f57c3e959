"""Numbers that nobody needs and that a thief does: BSN and IBAN never reach the database. Pure.

The phone does the same before it saves (`offline/masking.ts`); `tests/masking.json` holds the two together.
"""

import re
from re import Match

from stdnum import iban
from stdnum.nl import bsn

BSN = re.compile(r"(?<!\d)(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?!\d)")
OTHER = re.compile(
    r"\b(?:(?:dossier|zaak|order|bestelling|bestel|factuur|polis|ticket|referentie|kenmerk|contract|pakket|kvk|"
    r"case|invoice|policy|reference|tracking)(?:-?(?:nummer|number|nr|code))?"
    r"|(?:volg|artikel|serie|bon|meter|ticket)-?(?:nummer|nr))"
    r"(?:[ .:#]+(?:nummer|number|nr|no|is|was|met)){0,3}[ .:#]*$",
    re.I | re.ASCII,
)
"""Words right before a number that say what else it is: one in eleven of those would pass for a BSN. What may well be a
BSN all the same, such as a customer's or a patient's number, is not among them."""
LOOK_BACK = 60
ACCOUNT = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=(?:[ .-]?[A-Za-z0-9]){11})")
REST = re.compile(r"(?:[ .-]?[A-Za-z0-9]){11,30}")
SHORTEST = 15


def masked(text: str) -> str:
    return _without_accounts(BSN.sub(_citizen, text))


def _citizen(found: Match[str]) -> str:
    if not bsn.is_valid(found[0]):
        return found[0]
    before = found.string[max(0, found.start() - LOOK_BACK) : found.start()]
    return found[0] if OTHER.search(before) else "[BSN]"


def _without_accounts(text: str) -> str:
    kept, done = [], 0
    for found in ACCOUNT.finditer(text):
        end = _end_of_account(text, found) if found.start() >= done else None
        if end:
            kept += [text[done : found.start()], "[IBAN]"]
            done = end
    return "".join(kept) + text[done:]


def _end_of_account(text: str, found: Match[str]) -> int | None:
    """The words that follow an account look like more of it: the longest beginning that is an account counts."""
    rest = REST.match(text, found.end())
    for end in range(rest.end() if rest else 0, found.start() + SHORTEST - 1, -1):
        whole = text[end - 1].isalnum() and not text[end : end + 1].isalnum()
        if whole and iban.is_valid(text[found.start() : end].replace(".", ""), check_country=False):
            return end
    return None
