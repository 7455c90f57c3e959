"""Makes the organisation's own model anew from what its people decided. Slow: never within a request."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.models.field_note import decided
from app.models.tag import learned
from app.models.tag.learned import LearnedModel
from app.models.tag.learning.learning import learn, version_of
from app.models.tag.learning.model import FORM, to_bytes
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.table import Tag
from app.models.tag.vocabulary import lexicon_for


def is_due(db: Session, *, quiet_minutes: int, at: datetime) -> bool:
    """Whether somebody decided anything since a model was last made, and nobody did in the last minutes."""
    last, newest = decided.last_decided_at(db), learned.newest(db)
    if last is None or at - last < timedelta(minutes=quiet_minutes):
        return False
    return newest is None or newest.created_at < last or newest.form != FORM


def relearn(db: Session) -> LearnedModel | None:
    """Not stored yet; its `figures` say whether it may take over. None when there is nothing new to learn."""
    notes, lexicon = decided.decisions(db), lexicon_for(db)
    slugs = list(db.exec(select(Tag.slug).where(col(Tag.active)).order_by(col(Tag.slug))))
    if (
        (newest := learned.newest(db))
        and newest.version == version_of(notes, slugs, lexicon)
        and newest.form == FORM
    ):
        return None
    found = learn(notes, slugs, lexicon, shipped_model())
    if found is None:
        return None
    figures = found.figures | {"better": found.better}
    return LearnedModel(version=found.model.version, form=FORM, figures=figures, packed=to_bytes(found.model))


def keep(db: Session, made: LearnedModel) -> bool:
    """Stores it; True when it takes over because it does no worse on decisions that it had not seen."""
    if made.figures["better"]:
        learned.take_over(db, made)
        return True
    db.add(made)
    return False
