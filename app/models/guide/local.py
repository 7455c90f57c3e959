"""Questions that one place asks for a while, added to whatever guide a safari there takes along."""

from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.clock import today
from app.models.guide.queries import outline
from app.models.guide.table import Guide, GuideVersion, LocalQuestion, Question

COPIED = {"key", "kind", "role", "text", "hint", "probe", "choices"}


def with_local_questions(db: Session, version_id: str, location_id: str) -> str:
    """The version to take along: the same one, or a frozen copy that also asks what it lacks.

    The copy has a guide of its own that was never published, so that nobody is offered it elsewhere.
    """
    asked = outline(db, version_id)
    known = {question.key for question in asked.questions}
    missing = [question for question in _asked_at(db, location_id) if question.key not in known]
    if not missing:
        return version_id
    slug = _slug(version_id, missing)
    copy = select(GuideVersion.id).join(Guide, col(Guide.id) == col(GuideVersion.guide_id))
    there = db.exec(copy.where(Guide.slug == slug)).first()
    if there is None:
        try:
            with db.begin_nested():
                return _copy(db, asked.guide, asked.version, [*asked.questions, *missing], slug, location_id)
        except IntegrityError:
            # Somebody began a safari at the same moment; PostgreSQL lets both come this far.
            return db.exec(copy.where(Guide.slug == slug)).one()
    return there


def _asked_at(db: Session, location_id: str) -> list[Question]:
    """One of each key, in the order in which they were asked for."""
    rows = db.exec(
        select(Question)
        .join(LocalQuestion, col(LocalQuestion.question_id) == col(Question.id))
        .where(LocalQuestion.location_id == location_id, LocalQuestion.until >= today())
        .order_by(col(LocalQuestion.created_at), col(LocalQuestion.id))
    )
    return list({question.key: question for question in rows}.values())


def _slug(version_id: str, missing: list[Question]) -> str:
    said = " ".join([version_id, *sorted(question.id for question in missing)])
    return f"local-{sha256(said.encode()).hexdigest()[:32]}"


def _copy(
    db: Session, guide: Guide, version: GuideVersion, questions: list[Question], slug: str, location_id: str
) -> str:
    own = Guide(slug=slug, name=guide.name, location_id=location_id)
    db.add(own)
    db.flush()
    same = version.model_dump(exclude={"id", "created_at", "guide_id", "published_at"})
    frozen = GuideVersion(**same, guide_id=own.id)
    db.add(frozen)
    db.flush()
    db.add_all(
        Question(**question.model_dump(include=COPIED), version_id=frozen.id, position=position)
        for position, question in enumerate(questions, start=1)
    )
    db.flush()
    return frozen.id
