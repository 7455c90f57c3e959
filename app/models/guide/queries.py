from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, true
from sqlmodel import Session, col, select

from app.errors import NotFound
from app.models.access import Actor, Permission
from app.models.guide.table import Guide, GuideVersion, Question, QuestionKind
from app.models.location.queries import ids_within


@dataclass(frozen=True, slots=True)
class Outline:
    """One frozen version with its questions in order."""

    guide: Guide
    version: GuideVersion
    questions: Sequence[Question]

    @property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions if question.kind == QuestionKind.OPEN]

    def in_role(self, role: str) -> Question | None:
        return next((question for question in self.questions if question.role == role), None)


def outline(db: Session, version_id: str) -> Outline:
    found = db.exec(
        select(Guide, GuideVersion)
        .join(GuideVersion, col(GuideVersion.guide_id) == col(Guide.id))
        .where(GuideVersion.id == version_id)
    ).first()
    if found is None:
        raise NotFound
    guide, version = found
    questions = db.exec(
        select(Question).where(Question.version_id == version_id).order_by(col(Question.position))
    )
    return Outline(guide, version, list(questions))


def newest_for(db: Session, actor: Actor) -> list[tuple[Guide, GuideVersion]]:
    """The last published version of each guide the actor may take on safari: head office's and their own places'."""
    own = or_(
        col(Guide.location_id).is_(None),
        col(Guide.location_id).in_(ids_within(actor, Permission.LEAD_SAFARI)),
    )
    return _newest(db, own)


def in_use(db: Session) -> list[tuple[Guide, GuideVersion]]:
    """The last published version of every guide: its questions are no secret, also to who leads no safari."""
    return _newest(db, true())


def _newest(db: Session, own: ColumnElement[bool]) -> list[tuple[Guide, GuideVersion]]:
    newest = (
        select(GuideVersion.guide_id, func.max(GuideVersion.number).label("number"))
        .where(col(GuideVersion.published_at).is_not(None))
        .group_by(GuideVersion.guide_id)
        .subquery()
    )
    rows = db.exec(
        select(Guide, GuideVersion)
        .join(GuideVersion, col(GuideVersion.guide_id) == col(Guide.id))
        .join(
            newest,
            (newest.c.guide_id == col(GuideVersion.guide_id)) & (newest.c.number == col(GuideVersion.number)),
        )
        .where(own)
        .order_by(col(Guide.slug))
    )
    return [(guide, version) for guide, version in rows]


def with_questions(db: Session, versions: Sequence[tuple[Guide, GuideVersion]]) -> list[Outline]:
    """All of them in one query, in the order given."""
    ids = [version.id for _, version in versions]
    asked = select(Question).where(col(Question.version_id).in_(ids)).order_by(col(Question.position))
    questions: dict[str, list[Question]] = {version_id: [] for version_id in ids}
    for question in db.exec(asked):
        questions[question.version_id].append(question)
    return [Outline(guide, version, questions[version.id]) for guide, version in versions]


def published_for(db: Session, actor: Actor) -> list[tuple[Guide, GuideVersion]]:
    """Every version of those guides that ever went out: a phone may have one that was renewed since."""
    guides = {guide.id: guide for guide, _ in newest_for(db, actor)}
    wanted = select(GuideVersion).where(
        col(GuideVersion.guide_id).in_(guides), col(GuideVersion.published_at).is_not(None)
    )
    return [(guides[version.guide_id], version) for version in db.exec(wanted)]


def question_counts(db: Session, version_ids: Iterable[str]) -> dict[str, int]:
    """How many questions each version asks."""
    counted = select(Question.version_id, func.count()).where(col(Question.version_id).in_(list(version_ids)))
    return dict(db.exec(counted.group_by(col(Question.version_id))).all())
