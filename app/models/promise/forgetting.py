from sqlmodel import Session, col, delete

from app.models.promise.table import CustomerAnswer, CustomerLink, Promise, Telling


def forget(db: Session, note_id: str) -> int:
    """What an erased note's customer was told, their link and what they answered; how many promises there were.

    Their words on the page of the place leave with the evidence they come from.
    """
    for table in (CustomerLink, CustomerAnswer, Telling):
        db.exec(delete(table).where(col(table.note_id) == note_id))
    return db.exec(delete(Promise).where(col(Promise.note_id) == note_id)).rowcount
