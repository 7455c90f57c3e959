"""What somebody can be reminded of, and along which way."""

from enum import StrEnum


class Kind(StrEnum):
    """In the order in which they matter: of two about the same thing the first one counts."""

    LATE = "late"
    DUE = "due"
    CALL_BACK = "call_back"
    ROOM = "room"
    ANSWERED = "answered"
    SAFARI = "safari"
    MENTIONED = "mentioned"
    ASSIGNED = "assigned"
    MISSING = "missing"
    RHYTHM = "rhythm"


ONCE = frozenset({Kind.ANSWERED, Kind.MENTIONED, Kind.ASSIGNED})
"""News: told in one digest, and not again in the next."""


class Way(StrEnum):
    APP = "app"
    MAIL = "mail"
    PUSH = "push"
