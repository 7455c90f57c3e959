"""Reads what the app wrote: the `db` fixture would hold the turn to write, and the app would wait for it."""

from typing import Any

from app.database import database


def look(statement: Any) -> list[Any]:
    """The rows or scalars of a select, in a session of its own."""
    with database().reading() as db:
        return list(db.exec(statement))
