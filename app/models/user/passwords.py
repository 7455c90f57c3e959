from functools import cache

from pwdlib import PasswordHash

SHORTEST = 12
LONGEST = 200
_hasher = PasswordHash.recommended()


@cache
def _nobody() -> str:
    """Made when it is first needed: every command would wait for it."""
    return _hasher.hash("nobody signs in with this one")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Takes as long for somebody who does not exist, so that time tells nothing."""
    fits = _hasher.verify(password[:LONGEST], stored or _nobody())
    return fits and stored is not None and len(password) <= LONGEST
