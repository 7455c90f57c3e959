"""Lines of the log become a chain afterwards, some hundreds at once: writers never wait for each other's hash.

Until then a line is guarded by the database alone, which refuses to change or remove any.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.models.audit.table import AuditEntry, AuditLink
from app.models.record import put

MOST = 200
"""Lines at once: on SQLite everybody who writes waits meanwhile, some 15 ms."""
OVERLAP = timedelta(hours=1)
"""A line can arrive after a younger one, as long as its transaction took. After this it is a stranger."""
START: Final = "0" * 64
TURN = 4_913_001
"""Of PostgreSQL's advisory lock: one at a time makes the chain longer."""
COLUMNS = [column for column in AuditEntry.__table__.columns]  # type: ignore[attr-defined]  # noqa: C416


def link_hash(before: str, seq: int, line: Mapping[Any, Any]) -> str:
    """sha256 in hex over the hash before it, the place, and every column of the line, by name."""
    told = {name: line[name] for name in sorted(column.name for column in COLUMNS)}
    content = json.dumps(told, default=_moment, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{seq}\n{content}".encode()).hexdigest()


def _moment(value: Any) -> str:
    return value.isoformat(timespec="microseconds")


def lengthen(db: Session) -> int:
    """Chains the oldest lines that are not yet; how many, at most `MOST`. Needs a session that may write."""
    if db.get_bind().dialect.name == "postgresql":
        mine = db.connection().execute(text("SELECT pg_try_advisory_xact_lock(:turn)"), {"turn": TURN})
        if not mine.scalar():
            return 0
    head = db.exec(select(AuditLink).order_by(col(AuditLink.seq).desc()).limit(1)).first()
    seq, before = (head.seq, head.hash) if head else (0, START)
    links: list[dict[str, Any]] = []
    for line in db.connection().execute(_loose(head.entry_id if head else None)).mappings():
        seq, before = seq + 1, link_hash(before, seq + 1, line)
        links.append({"seq": seq, "entry_id": line["id"], "hash": before})
    if links:
        put(db, AuditLink, links)
    return len(links)


def _loose(newest: str | None) -> Any:
    linked = select(AuditLink.seq).where(AuditLink.entry_id == AuditEntry.id)
    loose = select(*COLUMNS).where(~linked.exists()).order_by(col(AuditEntry.id)).limit(MOST)
    return loose.where(col(AuditEntry.id) > id_before(newest)) if newest else loose


def id_before(entry_id: str) -> str:
    """An id of `OVERLAP` earlier: ours begin with their moment."""
    stamp = UUID(entry_id).int >> 80
    return str(UUID(int=max(0, stamp - round(OVERLAP.total_seconds() * 1000)) << 80))
