from sqlmodel import Session, col, delete

from app.models.rule.table import NoRule, RuleNote


def forget(db: Session, note_id: str) -> int:
    """Takes the words of an erased note out of every rule, and its customer out of every count; how many there were."""
    db.exec(delete(NoRule).where(col(NoRule.note_id) == note_id))
    return db.exec(delete(RuleNote).where(col(RuleNote.note_id) == note_id)).rowcount
