"""The models that this organisation's decisions made, and the one in use."""

from typing import Any

from sqlalchemy import LargeBinary
from sqlmodel import Field, Session, col, delete, select

from app.models.record import JSON_COLUMN, Record
from app.models.tag.learning.model import FORM, Model, from_bytes
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.meaning.encoder import encoder as wanted_encoder
from app.models.tag.meaning.head import from_bytes as head_from
from app.models.tag.meaning.sensing import Sense
from app.models.tag.meaning.shipped import shipped_head

KEPT = 3
"""Former models that stay, so that figures can be compared."""


class LearnedModel(Record, table=True):
    """A model made from decisions: `version` is of everything that went into it, `figures` how it did on decisions that
    it had not seen.
    """

    __tablename__ = "learned_model"

    version: str = Field(max_length=16, index=True)
    form: int = Field(description="Of the pieces that words are cut in: a model of another form is not read.")
    in_use: bool = Field(default=False, index=True)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_COLUMN)
    packed: bytes = Field(sa_type=LargeBinary)
    meaning: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="What reads by meaning with it."
    )


IN_USE = select(LearnedModel.id).where(col(LearnedModel.in_use), LearnedModel.form == FORM)
MEANING = select(LearnedModel.meaning).where(col(LearnedModel.in_use), LearnedModel.form == FORM)


def current_model(db: Session) -> Model:
    """What notes are read with now: the organisation's own model, else the one that is shipped."""
    model_id = db.connection().execute(IN_USE).scalar()
    return _unpacked(db, model_id) if model_id else shipped_model()


def current_sense(db: Session) -> Sense | None:
    """What notes are read by meaning with beside `current_model`. None where that is off, or the model in use was made
    without it or did better without. Slow the first time: never within a request."""
    encoder = wanted_encoder()
    if encoder is None:
        return None
    packed = db.connection().execute(MEANING).first()
    if packed is None:
        return Sense(encoder, shipped_head(encoder))
    head = head_from(packed.meaning) if packed.meaning else None
    return Sense(encoder, head) if head and head.encoder == encoder.name else None


def newest(db: Session) -> LearnedModel | None:
    return db.exec(
        select(LearnedModel)
        .order_by(col(LearnedModel.created_at).desc(), col(LearnedModel.id).desc())
        .limit(1)
    ).first()


def take_over(db: Session, made: LearnedModel) -> None:
    """From now on notes are read with this one; of the former ones only the last few stay."""
    for former in db.exec(select(LearnedModel).where(LearnedModel.in_use)):
        former.in_use = False
    made.in_use = True
    db.add(made)
    db.flush()
    others = (
        select(LearnedModel.id)
        .where(LearnedModel.id != made.id)
        .order_by(col(LearnedModel.created_at).desc())
    )
    if old := db.exec(others.offset(KEPT)).all():
        db.exec(delete(LearnedModel).where(col(LearnedModel.id).in_(old)))


def unlearn(db: Session) -> None:
    """Every model goes, for what it was made from must go; the next one is made from what is left."""
    db.exec(delete(LearnedModel))


_read: dict[str, Model] = {}


def _unpacked(db: Session, model_id: str) -> Model:
    """Each process unpacks a model once, and remembers only the last."""
    if model_id not in _read:
        packed = db.exec(select(LearnedModel.packed).where(LearnedModel.id == model_id)).one()
        model = from_bytes(packed)
        _read.clear()
        _read[model_id] = model
        return model
    return _read[model_id]
