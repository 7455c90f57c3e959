"""The log as a table: one row a line, with its place in the chain, so that an auditor can follow it elsewhere."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.models.audit.table import AuditEntry, AuditLink
from app.models.export.cells import Form, Kind
from app.models.export.table import Batch, Lines, as_file, batches, stored
from app.models.location.table import Location

COLUMNS = [
    stored("id"),
    stored("at", Kind.MOMENT),
    *(stored(name, Kind.TEXT) for name in ("verb", "subject_kind", "subject_id")),
    stored("actor_id"),
    stored("actor_name", Kind.TEXT),
    stored("location_id"),
    *(stored(name, Kind.TEXT) for name in ("location", "address", "device", "detail")),
    stored("seq"),
    stored("hash"),
]


def write(db: Session, lines: SelectOfScalar[AuditEntry], form: Form) -> Lines:
    """CSV of those lines, oldest first."""
    names = ("id", "at", "verb", "subject_kind", "subject_id", "actor_id", "actor_name", "location_id")
    rows = (
        lines.with_only_columns(
            *(getattr(AuditEntry, name) for name in (*names, "address", "device", "detail")),
            col(Location.name).label("location"),
            col(AuditLink.seq),
            col(AuditLink.hash),
            maintain_column_froms=True,
        )
        .outerjoin(Location, col(Location.id) == col(AuditEntry.location_id))
        .outerjoin(AuditLink, col(AuditLink.entry_id) == col(AuditEntry.id))
        .order_by(col(AuditEntry.at), col(AuditEntry.id))
    )
    return as_file(COLUMNS, _with_detail(batches(db, rows)), form)


def _with_detail(found: Iterable[dict[str, Sequence[Any]]]) -> Iterator[Batch]:
    for batch in found:
        batch["detail"] = [
            json.dumps(detail, ensure_ascii=False) if detail else "" for detail in batch["detail"]
        ]
        yield batch
