"""What every table shares: ids made by us, times in UTC, JSON columns."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CursorResult, DateTime, Enum, TypeDecorator, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlmodel import Field, Session, SQLModel

from app.clock import new_id, now


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware (UTC) out; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def moment(**options: Any) -> Any:
    """A column with a moment in time, aware and in UTC."""
    return Field(sa_type=UtcDateTime, **options)


def one_of(kind: type[StrEnum]) -> Any:
    """A column type that keeps the enum's value as plain text, readable in the database and in a dump."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        values_callable=lambda members: [m.value for m in members],
    )


def put(db: Session, table: type[SQLModel], rows: dict[str, Any] | list[dict[str, Any]]) -> CursorResult[Any]:
    """Rows straight into their table: half the time of the ORM, which would keep track of each."""
    return db.connection().execute(insert(table.__table__), rows)  # type: ignore[attr-defined]


def put_new(db: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """As `put`, but a row that is there already stays as it is, also when two come at the same moment."""
    if rows:
        insert_into = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.get_bind().dialect.name]
        db.connection().execute(insert_into(table.__table__).on_conflict_do_nothing(), rows)  # type: ignore[attr-defined]


class Record(SQLModel):
    """Base of the tables that have an id of their own."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    created_at: datetime = moment(default_factory=now)


Words = dict[str, str]
"""One text in several languages: {"nl": ..., "en": ...}."""


def in_language(words: Words | None, language: str) -> str:
    """The text in that language, else Dutch, else whatever there is; empty when there is none."""
    if not words:
        return ""
    return words.get(language) or words.get("nl") or next(iter(words.values()), "")


JSON_COLUMN: Any = JSON
