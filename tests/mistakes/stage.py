"""One of everything at the town hall, with a canary in every text that a person wrote."""

from collections.abc import Iterator

from sqlalchemy import String
from sqlmodel import Session, SQLModel, select

import app.models.everything as everything
from tests.house.examples import examples
from tests.house.routes import Guarded, routes

CANARY = "KANARIE"
MARKUP = f"""{CANARY}<img src=x onerror=alert(1)>"'</script><script>alert(1)</script>{{{{7*7}}}}"""
TEXTS = {
    "Comment": ("text",),
    "Evidence": ("quote",),
    "FieldNote": ("headline",),
    "ImprovementAction": ("title", "description"),
    "Invitation": ("name",),
    "Location": ("name",),
    "Proposal": ("reason",),
    "Rule": ("title", "view", "reason"),
    "RuleNote": ("quote",),
    "Team": ("name",),
    "User": ("name",),
    "UserSession": ("device",),
    "Device": ("name",),
}


def canaries(db: Session, text: str = CANARY, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """The ids that paths name, as in `examples`. `but`: tables that keep their own words."""
    ids = examples(db)
    for name, columns in TEXTS.items():
        if name in but:
            continue
        table = getattr(everything, name)
        for row in db.exec(select(table)):
            for column in columns:
                setattr(row, column, fitting(table, column, text))
    for note in db.exec(select(everything.FieldNote)):
        note.answers = {
            field: told | {"value": text} if isinstance(told.get("value"), str) else told
            for field, told in note.answers.items()
        }
    for tag in db.exec(select(everything.Tag)) if "Tag" not in but else ():
        tag.name = tag.name | {"nl": text}
    db.flush()
    return ids


def fitting(table: type[SQLModel], column: str, text: str) -> str:
    kind = table.__table__.columns[column].type  # type: ignore[attr-defined]
    return text[: kind.length] if isinstance(kind, String) and kind.length else text


def pages(*, without_ids: bool = False) -> Iterator[Guarded]:
    for route in routes():
        if route.method == "GET" and not (without_ids and "{" in route.path):
            yield route
