"""Makes the organisation's own model anew from what its people decided. Slow: never within a request."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.models.field_note import decided
from app.models.tag import learned
from app.models.tag.learned import LearnedModel
from app.models.tag.learning.learning import learn, version_of
from app.models.tag.learning.model import FORM, to_bytes
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.meaning.encoder import encoder, wanted
from app.models.tag.meaning.head import to_bytes as head_bytes
from app.models.tag.table import Tag
from app.models.tag.vocabulary import lexicon_for


def is_due(db: Session, *, quiet_minutes: int, at: datetime) -> bool:
    """Whether somebody decided anything since a model was last made, or it was made before reading by meaning was
    switched on; and nobody did in the last minutes."""
    last, newest = decided.last_decided_at(db), learned.newest(db)
    if last is None or at - last < timedelta(minutes=quiet_minutes):
        return False
    if newest is None or newest.created_at < last or newest.form != FORM:
        return True
    return bool(wanted()) and newest.figures.get("encoder") != wanted()


def relearn(db: Session) -> LearnedModel | None:
    """Not stored yet; its `figures` say whether it may take over. None when there is nothing new to learn."""
    notes, lexicon = decided.decisions(db), lexicon_for(db)
    slugs = list(db.exec(select(Tag.slug).where(col(Tag.active)).order_by(col(Tag.slug))))
    version = version_of(notes, slugs, lexicon, wanted())
    if (newest := learned.newest(db)) and (newest.version, newest.form) == (version, FORM):
        return None
    found = learn(notes, slugs, lexicon, shipped_model(), encoder())
    if found is None:
        return None
    return LearnedModel(
        version=version,
        form=FORM,
        figures=found.figures | {"better": found.better, "encoder": wanted()},
        packed=to_bytes(found.model),
        meaning=head_bytes(found.head) if found.head else None,
    )


def keep(db: Session, made: LearnedModel) -> bool:
    """Stores it; True when it takes over because it does no worse on decisions that it had not seen."""
    if made.figures["better"]:
        learned.take_over(db, made)
        return True
    db.add(made)
    return False
