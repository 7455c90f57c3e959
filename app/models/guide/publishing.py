"""Freezes a version of a guide: from then on every safari that used it can be read back."""

import tomllib
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from app.clock import now
from app.models.guide.table import Guide, GuideVersion, Question

SHIPPED = Path(__file__).parent / "shipped"


def publish_shipped(db: Session) -> None:
    """The guides that come with the product; a version that is already there stays as it is."""
    for path in sorted(SHIPPED.glob("*.toml")):
        publish(db, tomllib.loads(path.read_text()))


def publish(db: Session, outline: dict[str, Any]) -> GuideVersion:
    guide = db.exec(select(Guide).where(Guide.slug == outline["slug"])).first()
    if guide is None:
        guide = Guide(slug=outline["slug"], name=outline["name"])
        db.add(guide)
        db.flush()
    there = select(GuideVersion).where(
        GuideVersion.guide_id == guide.id, GuideVersion.number == outline["number"]
    )
    version = db.exec(there).first()
    return version or _freeze(db, guide, outline)


def _freeze(db: Session, guide: Guide, outline: dict[str, Any]) -> GuideVersion:
    intro = dict(outline["intro"])
    version = GuideVersion(
        guide_id=guide.id,
        number=outline["number"],
        minutes=outline["minutes"],
        consent_version=intro.pop("version"),
        intro=intro,
        quick_words=outline["quick_words"],
        published_at=now(),
    )
    db.add(version)
    db.flush()
    questions = enumerate(outline["questions"], start=1)
    db.add_all(
        Question(version_id=version.id, position=position, **question) for position, question in questions
    )
    db.flush()
    return version
