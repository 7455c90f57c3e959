"""Decisions are learned from, and never undone by what was learned."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import now
from app.models.field_note import decided, relearning, retagging, tagging
from app.models.field_note.table import FieldNote, Tagging, TaggingState
from app.models.tag import learned
from app.models.tag.learning import learning
from app.models.tag.learning.examples import shipped_examples
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.table import Tag
from tests.makers_note import observation, recorded, running_safari

ACCEPTED, REJECTED, SUGGESTED = TaggingState.ACCEPTED, TaggingState.REJECTED, TaggingState.SUGGESTED
BOOKS = [
    "De hoek met prentenboeken voor kleuters is naar boven verhuisd.",
    "Mijn zoon wilde prentenboeken kijken, maar de kleuters zaten overal.",
    "Gezellig, we hebben een uur prentenboeken gelezen met de kleuters.",
    "De prentenboeken liggen nu op zolder, daar komt geen kleuter.",
    "Voor kleuters lagen er prentenboeken op een tafeltje.",
]


@pytest.fixture(autouse=True)
def few_examples(monkeypatch):
    """A tenth of the shipped ones does here, and is learned ten times as fast."""
    monkeypatch.setattr(learning, "shipped_examples", lambda lexicon: shipped_examples(lexicon)[::10])


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


@pytest.fixture
def children(db) -> Tag:
    tag = Tag(slug="kinderen", name={"nl": "Kinderen"}, position=99, words=["speelhoek*"])
    db.add(tag)
    db.flush()
    return tag


@pytest.fixture
def taught(db, bas, safari, children) -> list[FieldNote]:
    """Five stories to which Bas added the theme himself."""
    notes = [recorded(db, bas, observation(safari.id, text)) for text in BOOKS]
    for note in notes:
        tagging.add(db, note, children.id, by=bas)
    return notes


def slugs(db, note: FieldNote) -> dict[str, Tagging]:
    rows = db.exec(select(Tag.slug, Tagging).join(Tagging).where(Tagging.note_id == note.id))
    return dict(rows.all())


def waiting_for_a_word(db) -> list[tuple[str, str, float]]:
    rows = db.exec(select(Tagging).where(Tagging.state == SUGGESTED)).all()
    return sorted((t.note_id, t.tag_id, t.score) for t in rows)


def learn_now(db) -> bool:
    made = relearning.relearn(db)
    assert made is not None
    kept = relearning.keep(db, made)
    db.flush()
    return kept


def test_a_theme_of_one_s_own_is_suggested_in_the_sixth_story_with_its_words(db, bas, safari, taught):
    assert learn_now(db)
    sixth = recorded(
        db, bas, observation(safari.id, "Waar zijn de prentenboeken voor mijn kleuter gebleven?")
    )
    found = slugs(db, sixth)["kinderen"]
    assert (found.state, found.origin) == (SUGGESTED, "learned")
    [span] = found.spans
    said = sixth.answers[span["field"]]["value"][span["start"] : span["end"]]
    assert "prentenboeken" in said or "kleuter" in said


def test_decisions_stay_and_reading_again_changes_nothing_more(db, bas, safari, taught, children):
    other = recorded(db, bas, observation(safari.id, "Een half uur in de rij gestaan voor de balie."))
    [waiting] = [t for slug, t in slugs(db, other).items() if slug == "wachttijd"]
    tagging.decide(db, other, waiting.tag_id, REJECTED, by=bas)
    learn_now(db)
    retagging.renew(db, retagging.read_again(db))
    db.flush()
    once = {t.id: (t.state, t.tag_id) for t in db.exec(select(Tagging)) if t.state != SUGGESTED}
    suggested = waiting_for_a_word(db)
    for note in db.exec(select(FieldNote)):
        note.read_with = None
    retagging.renew(db, retagging.read_again(db))
    db.flush()
    assert slugs(db, other)["wachttijd"].state == REJECTED
    assert all(slugs(db, note)["kinderen"].state == ACCEPTED for note in taught)
    assert once == {t.id: (t.state, t.tag_id) for t in db.exec(select(Tagging)) if t.state != SUGGESTED}
    assert waiting_for_a_word(db) == suggested


def test_there_is_something_to_learn_only_after_a_decision_and_some_quiet(db, bas, safari, children):
    recorded(db, bas, observation(safari.id, BOOKS[0]))
    assert not relearning.is_due(db, quiet_minutes=5, at=now())
    note = recorded(db, bas, observation(safari.id, BOOKS[1]))
    tagging.add(db, note, children.id, by=bas)
    assert not relearning.is_due(db, quiet_minutes=5, at=now())
    assert relearning.is_due(db, quiet_minutes=5, at=now() + timedelta(minutes=6))


def test_the_same_decisions_are_not_learned_twice(db, taught):
    assert learn_now(db)
    assert relearning.relearn(db) is None


def test_what_does_worse_on_decisions_it_has_not_seen_does_not_take_over(db, taught):
    made = relearning.relearn(db)
    assert made
    made.figures = made.figures | {"better": False}
    assert not relearning.keep(db, made)
    db.flush()
    assert learned.current_model(db) is shipped_model()


def test_an_erased_story_is_out_of_what_is_learned_at_once(db, bas, taught):
    learn_now(db)
    before = len(decided.decisions(db))
    taught[0].erased_at = now()
    learned.unlearn(db)
    db.flush()
    assert learned.current_model(db) is shipped_model()
    assert len(decided.decisions(db)) == before - 1


def test_a_story_that_was_changed_while_it_was_read_keeps_its_own_suggestions(db, bas, safari):
    note = recorded(db, bas, observation(safari.id, "Een half uur in de rij gestaan voor de balie."))
    note.read_with = None
    db.flush()
    read = retagging.read_again(db)
    before = {t.id for t in db.exec(select(Tagging))}
    note.revision += 1
    retagging.renew(db, read)
    assert {t.id for t in db.exec(select(Tagging))} == before
    assert note.read_with is None
