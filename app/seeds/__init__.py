"""The demo story: five weeks of a town hall and a bank, told through the product's own verbs where it can be."""

import tomllib
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from app.clock import now
from app.models.guide.publishing import publish_shipped
from app.models.tag.shipping import ship_themes
from app.models.user.table import User
from app.seeds.actions import tell_actions
from app.seeds.outings import tell_decisions, tell_notes, tell_safaris
from app.seeds.people import tell_people
from app.seeds.promises import tell_links, tell_promises, tell_replies
from app.seeds.rules import tell_rules
from app.seeds.stage import Stage

STORY = Path(__file__).parent / "story"
PASSWORD = "helm-op-kapmes-mee"  # noqa: S105 - the demo's own, printed when it starts


def story() -> dict[str, list[dict[str, Any]]]:
    """All files in name order, their lists joined by name."""
    told: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(STORY.glob("*.toml")):
        for name, items in tomllib.loads(path.read_text()).items():
            told.setdefault(name, []).extend(items)
    return told


def seed(db: Session) -> list[User]:
    """Tells the whole story on an empty database; returns its people, or nobody when there were people already."""
    if db.exec(select(User.id).limit(1)).first() is not None:
        return []
    told, stage = story(), Stage(now())
    ship_themes(db)
    publish_shipped(db)
    people = tell_people(db, stage, told, PASSWORD)
    tell_safaris(db, stage, told["safaris"])
    tell_notes(db, stage, told["notes"])
    tell_decisions(db, stage, told["decisions"])
    tell_actions(db, stage, told["actions"])
    tell_rules(db, stage, told["rules"])
    tell_promises(db, stage, told["promises"])
    tell_replies(db, stage, told["replies"])
    tell_links(db, stage, told["links"])
    return people
