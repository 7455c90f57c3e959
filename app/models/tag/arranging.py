"""An organisation's own set of themes and values: what each is called, its words, its place, and whether it is on."""

import re

from sqlmodel import Session, col, select

from app.errors import Invalid
from app.models.access import Actor
from app.models.audit.noting import note
from app.models.record import Words
from app.models.tag import queries
from app.models.tag.own_words import broken, lines_of
from app.models.tag.reading.lexicon import tables
from app.models.tag.reading.words import bare
from app.models.tag.schemas import ThemeChanges, ThemeDraft
from app.models.tag.table import Tag, TagKind

MOST_WORDS = 200
LONGEST_PATTERN = 120


def add(db: Session, draft: ThemeDraft, *, by: Actor) -> Tag:
    _check_name(db, draft.name_nl)
    words = checked_words(draft.words, needed=True)
    tag = Tag(
        slug=_free_slug(db, draft.name_nl), kind=draft.kind, name={}, position=len(queries.every(db)) + 1
    )
    _fill(tag, draft, words)
    db.add(tag)
    db.flush()
    _place(db, tag, draft.place)
    note(db, "theme.added", "tag", tag.id, by=by, words=len(words))
    return tag


def change(db: Session, tag: Tag, changes: ThemeChanges, *, by: Actor) -> None:
    _check_name(db, changes.name_nl, besides=tag.id)
    _fill(tag, changes, checked_words(changes.words, needed=tag.slug not in tables("themes")))
    _place(db, tag, changes.place)
    note(db, "theme.changed", "tag", tag.id, by=by, words=len(tag.words))


def switch_off(db: Session, tag: Tag, *, by: Actor) -> None:
    """It is suggested no more; stories that carry it keep it."""
    if tag.active:
        tag.active = False
        note(db, "theme.closed", "tag", tag.id, by=by)


def switch_on(db: Session, tag: Tag, *, by: Actor) -> None:
    """Also one that was merged: what moved stays where it went, and its words are its own again."""
    if not tag.active:
        tag.active, tag.merged_into_id = True, None
        note(db, "theme.reopened", "tag", tag.id, by=by)


def checked_words(typed: str, *, needed: bool) -> list[str]:
    """Invalid names the line that is wrong. `needed`: without words of its own nothing would suggest this theme."""
    lines = lines_of(typed)
    if needed and not lines:
        raise Invalid({"words": "theme.words_missing"})
    if len(lines) > MOST_WORDS:
        raise Invalid({"words": ("theme.words_too_many", {"most": MOST_WORDS})})
    long = next((at for at, line in enumerate(lines, start=1) if len(line) > LONGEST_PATTERN), None)
    if at := long or broken(lines):
        raise Invalid({"words": ("theme.word_broken", {"line": at, "words": lines[at - 1][:40]})})
    return lines


def _fill(tag: Tag, told: ThemeChanges, words: list[str]) -> None:
    # Whole new values: the session does not see a change inside a JSON column.
    tag.name = _in_languages(told.name_nl, told.name_en)
    tag.about = _in_languages(told.about_nl, told.about_en)
    tag.words = words


def _in_languages(nl: str, en: str | None) -> Words:
    return {language: words for language, words in (("nl", nl), ("en", en)) if words}


def _place(db: Session, tag: Tag, place: int) -> None:
    """Puts it there and numbers its list anew; sent twice it stays there."""
    if not place:
        return
    others = [other for other in queries.of_kind(db, tag.kind) if other.id != tag.id]
    others.insert(place - 1, tag)
    for position, one in enumerate(others, start=1):
        one.position = position


def _check_name(db: Session, name: str, besides: str = "") -> None:
    """Compared here: neither database folds every letter, and there are few themes."""
    taken = {words.get("nl", "").casefold() for words in db.exec(select(Tag.name).where(Tag.id != besides))}
    if name.casefold() in taken:
        raise Invalid({"name_nl": "theme.name_taken"})


def _free_slug(db: Session, name: str) -> str:
    words = [bare(word).strip("_'") for word in re.findall(r"[^\W_]+", name)]
    slug = "-".join(word for word in words if word)[:50] or TagKind.THEME.value
    taken = set(db.exec(select(Tag.slug).where(col(Tag.slug).startswith(slug))))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(other for other in numbered if other not in taken)
