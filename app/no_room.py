"""Recognises a disk that is full or may not be written, whichever of database and files met it."""

import errno
from collections.abc import Iterator
from typing import Literal

from sqlalchemy.exc import DBAPIError

Trouble = Literal["full", "read_only"]
BY_NUMBER: dict[int, Trouble] = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EROFS: "read_only"}
BY_STATE: dict[str, Trouble] = {"53100": "full", "25006": "read_only"}
"""PostgreSQL's disk_full and read_only_sql_transaction."""
BY_WORDS: dict[str, Trouble] = {
    "database or disk is full": "full",
    "readonly database": "read_only",
    "unable to open database file": "read_only",
}
"""What SQLite says, the last when even its log cannot be made beside the database."""


def storage_trouble(raised: BaseException) -> Trouble | None:
    """Looks at what came before as well: undoing a savepoint on a full disk fails in words of its own."""
    return next((found for error in _chain(raised) if (found := _trouble(error))), None)


def _chain(raised: BaseException | None) -> Iterator[BaseException]:
    while raised is not None:
        yield raised
        raised = raised.__cause__ or raised.__context__


def _trouble(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError):
        return BY_NUMBER.get(error.errno or 0)
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None) or ""
    words = str(error.orig)
    return BY_STATE.get(state) or next((BY_WORDS[said] for said in BY_WORDS if said in words), None)
