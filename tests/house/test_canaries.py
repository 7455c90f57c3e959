"""Not one word of a customer, nor a name or number, on any page or answer that is not for it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from sqlmodel import Session, select

from app.database import database
from app.models.action.table import Evidence
from app.models.field_note.table import FieldNote, NoteEdit
from app.models.rule.table import RuleNote
from tests.house.conftest import Knock
from tests.house.examples import NAME, NUMBER, UNREADABLE
from tests.house.routes import Guarded, routes

pytestmark = pytest.mark.phone

# Who holds a customer's own link reads what that customer said, whoever else they are.
OWN_LINK = "/u/{link}"
READS = [route for route in routes() if route.method == "GET" and not route.path.startswith(OWN_LINK)]
SEARCHES: list[dict[str, str]] = [{}, {"q": "hetzelfde"}, {"tagging": "suggested", "limit": "200"}]
LISTS = ("GET /field-notes", "GET /actions", "GET /rules", "GET /exports", "GET /api/", "GET /tags/review")


def texts_in(answers: dict[str, Any]) -> Iterator[str]:
    for answer in answers.values():
        if isinstance(value := answer["value"], str) and " " in value:
            yield value


def canaries(db: Session) -> set[str]:
    """Every sentence that any customer of the examples said."""
    found = {quote for table in (Evidence, RuleNote) for quote in db.exec(select(table.quote)) if quote}
    for note in db.exec(select(FieldNote)):
        found |= {note.headline, *texts_in(note.answers)}
    for draft in db.exec(select(NoteEdit.draft)):
        found |= set(texts_in(draft["answers"]))
    return (found | {UNREADABLE}) - {""}


def sung(knock: Knock, actor: str, birds: set[str], **how: Any) -> dict[str, set[str]]:
    """Route -> the canaries that were seen there."""
    heard: dict[str, set[str]] = {}
    for route in READS:
        if how and not route.path.startswith("/api/"):
            continue
        for search in SEARCHES if route.name.startswith(LISTS) and "{" not in route.path else SEARCHES[:1]:
            text = shown(knock, route, actor, search, **how)
            if seen := {bird for bird in birds if bird in text}:
                heard[f"{route.name} {search}"] = seen
    return heard


def shown(knock: Knock, route: Guarded, actor: str, search: dict[str, str], **how: Any) -> str:
    text = knock(route, actor, params=search, **how).text
    return unescape(re.sub(r"</?mark[^>]*>", "", text))


@pytest.fixture
def words(knock: Knock) -> set[str]:
    with database().reading() as db:
        return canaries(db)


@pytest.mark.parametrize("actor", ["beheerder", "lezer", "elsewhere"])
def test_who_reads_no_stories_here_reads_not_a_word(knock: Knock, words: set[str], actor: str):
    assert sung(knock, actor, words | {NAME, NUMBER}) == {}


@pytest.mark.parametrize("actor", ["lezer", "elsewhere"])
def test_nor_by_token(knock: Knock, words: set[str], actor: str):
    assert sung(knock, actor, words | {NAME, NUMBER}, by_token=True) == {}


@pytest.mark.parametrize("actor", ["manager", "teamlid"])
def test_the_canaries_do_sing_for_who_may_hear_them_but_for_names_and_numbers(
    knock: Knock, words: set[str], actor: str
):
    heard = sung(knock, actor, words | {NAME, NUMBER})
    assert set.union(*heard.values()) == words
    assert len(heard) > 20
