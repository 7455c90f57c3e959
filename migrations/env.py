"""Alembic's entry: the app's own engine and the metadata of every table."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import app.models.everything  # noqa: F401
from app.database import database
from app.models.record import UtcDateTime


def include(item: object, name: str | None, kind: str, reflected: bool, _: object) -> bool:
    return not (kind == "table" and name == "sqlite_sequence")


def plainly(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Migrations name plain column types, so that they do not change when a class of ours does."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, AutoString | Enum):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


with database().engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        include_object=include,
        compare_type=True,
        render_item=plainly,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
