"""The themes that every organisation starts with."""

import tomllib
from pathlib import Path

from sqlmodel import Session, col, select

from app.models.tag.table import Tag

SHIPPED = Path(__file__).parent / "shipped.toml"


def ship_themes(db: Session) -> None:
    """Adds what is missing; leaves alone what an organisation has changed."""
    themes = tomllib.loads(SHIPPED.read_text())["themes"]
    there = set(db.exec(select(Tag.slug).where(col(Tag.slug).in_([t["slug"] for t in themes]))))
    db.add_all(Tag(**theme) for theme in themes if theme["slug"] not in there)
    db.flush()
