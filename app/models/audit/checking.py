"""Is the log as it was written? Every line again, from the first to the last."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.models.audit.chaining import COLUMNS, START, id_before, link_hash
from app.models.audit.table import AuditCheck, AuditEntry, AuditLink

AT_ONCE = 1000


@dataclass(slots=True)
class Verdict:
    """`lines` fit, the last of them with hash `head`; `waiting` are not chained yet.

    trouble: "changed" (a line is not what it was), "gone" (a line or its place is missing), "stranger" (a line was
    put in between), "rewritten" (the whole chain fits, but is another than the one that was checked before).
    """

    lines: int = 0
    head: str = START
    waiting: int = 0
    trouble: str | None = None
    broken_seq: int | None = None
    broken_id: str | None = None


def check(db: Session, *, known: tuple[int, str] | None = None) -> Verdict:
    """`known`: the number of lines and the head of an earlier check, kept elsewhere. Reads only."""
    verdict, marks = Verdict(), _marks(db, known)
    if not _follow(db, verdict, marks):
        return verdict
    if any(seq > verdict.lines for seq in marks):
        return _broken(verdict, "gone", verdict.lines + 1)
    verdict.waiting = db.exec(select(func.count()).select_from(AuditEntry)).one() - verdict.lines
    if stranger := _stranger(db):
        return _broken(verdict, "stranger", None, stranger)
    return verdict


def record(db: Session, verdict: Verdict) -> AuditCheck:
    made = AuditCheck(
        lines=verdict.lines,
        head=verdict.head,
        trouble=verdict.trouble,
        broken_seq=verdict.broken_seq,
        broken_id=verdict.broken_id,
    )
    db.add(made)
    db.flush()
    return made


def last(db: Session) -> AuditCheck | None:
    return db.exec(select(AuditCheck).order_by(col(AuditCheck.id).desc()).limit(1)).first()


def _marks(db: Session, known: tuple[int, str] | None) -> dict[int, str]:
    """Heads of former checks that found nothing wrong: the chain still goes through each of them."""
    former = db.exec(select(AuditCheck.lines, AuditCheck.head).where(col(AuditCheck.trouble).is_(None)))
    marks = {lines: head for lines, head in former if lines}
    return marks | ({known[0]: known[1]} if known and known[0] else {})


def _follow(db: Session, verdict: Verdict, marks: dict[int, str]) -> bool:
    found = (
        select(AuditLink.seq, AuditLink.entry_id.label("link_id"), AuditLink.hash, *COLUMNS)  # type: ignore[attr-defined]
        .outerjoin(AuditEntry, col(AuditEntry.id) == col(AuditLink.entry_id))
        .order_by(col(AuditLink.seq))
        .execution_options(yield_per=AT_ONCE)
    )
    with db.connection().execute(found) as rows:
        for row in rows.mappings():
            seq = verdict.lines + 1
            if row["seq"] != seq or row["id"] is None:
                _broken(verdict, "gone", seq, row["link_id"] if row["seq"] == seq else None)
                return False
            if link_hash(verdict.head, seq, row) != row["hash"]:
                _broken(verdict, "changed", seq, row["id"])
                return False
            if marks.get(seq, row["hash"]) != row["hash"]:
                _broken(verdict, "rewritten", seq, row["id"])
                return False
            verdict.lines, verdict.head = seq, row["hash"]
    return True


def _stranger(db: Session) -> str | None:
    newest = db.exec(select(AuditLink.entry_id).order_by(col(AuditLink.seq).desc()).limit(1)).first()
    if newest is None:
        return None
    linked = select(AuditLink.seq).where(AuditLink.entry_id == AuditEntry.id)
    between = select(AuditEntry.id).where(col(AuditEntry.id) <= id_before(newest), ~linked.exists())
    return db.exec(between.order_by(col(AuditEntry.id)).limit(1)).first()


def _broken(verdict: Verdict, trouble: str, seq: int | None, entry_id: str | None = None) -> Verdict:
    verdict.trouble, verdict.broken_seq, verdict.broken_id = trouble, seq, entry_id
    return verdict
