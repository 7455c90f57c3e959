"""The words that this organisation's notes are read with: those that are shipped and its own."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, or_, select

from app.models.tag.own_words import folded
from app.models.tag.reading.lexicon import Lexicon, merged, shipped, tables
from app.models.tag.table import Tag

Vocabulary = tuple[tuple[str, str, tuple[str, ...]], ...]
"""(slug, the slug it counts for, own patterns) of every theme that differs from what is shipped."""
CHANGED = or_(col(Tag.active), col(Tag.merged_into_id).is_not(None))


def lexicon_for(db: Session) -> Lexicon:
    """Own words of themes that are switched on, and those of a merged theme for the one it went into.

    The shipped lexicon itself as long as there are none; else compiled once for the same words.
    """
    return lexicon_of(vocabulary_of(db))


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    return compiled(vocabulary) if vocabulary else shipped()


def vocabulary_of(db: Session) -> Vocabulary:
    rows = db.connection().execute(
        select(Tag.id, Tag.slug, Tag.words, Tag.merged_into_id).where(CHANGED).order_by(col(Tag.slug))
    )
    tags = {row.id: row for row in rows}
    found = []
    for row in tags.values():
        last = row
        while last.merged_into_id in tags:
            last = tags[last.merged_into_id]
        if row.words or last is not row:
            found.append((row.slug, last.slug, tuple(row.words)))
    return tuple(found)


@lru_cache(maxsize=4)
def compiled(vocabulary: Vocabulary) -> Lexicon:
    """Own patterns are sure enough alone, say nothing about the mood, and win from what is shipped as `not`."""
    themes: dict[str, Any] = dict(tables("themes"))
    for slug, counts_for, words in vocabulary:
        own = [folded(word) for word in words]
        shipped_theme = themes.pop(slug, {}) if slug != counts_for else {}
        parts = [themes.get(counts_for, {}), shipped_theme, {"own": own}]
        themes[counts_for] = _allowing(own, merged(parts))
    return Lexicon(themes, tables("moods"), tables("words"))


def _allowing(own: Sequence[str], theme: dict[str, Any]) -> dict[str, Any]:
    return theme | {"not": [pattern for pattern in theme.get("not", ()) if pattern not in own]}
