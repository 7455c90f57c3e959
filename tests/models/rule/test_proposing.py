import pytest

from app.models.rule import proposing
from tests.makers_action import story
from tests.makers_rule import FEE, met, named


def test_the_sentence_that_sounds_like_a_rule_is_proposed_with_its_words_marked(db, cast):
    note = story(db, cast.town_hall, cast.bas, FEE)
    (one,) = proposing.proposals(note.answers)
    assert one.quote.text == "Daar moet ik 35 euro voor rekenen, zei ze."
    assert one.quote.text[one.quote.mark_start : one.quote.mark_end] == "moet ik 35 euro voor rekenen"


def test_the_newest_stories_that_no_rule_knows_yet_are_listed_where_carla_may_name_them(db, cast, actor):
    older = story(db, cast.town_hall, cast.bas, FEE)
    newer = story(db, cast.town_hall, cast.bas, "Ze zei: dat mag ik niet.")
    story(db, cast.town_hall, cast.bas, "Alles ging goed.")
    there = story(db, cast.branch, cast.dirk, FEE)
    carla = actor(cast.carla)
    assert [one.note.id for one in proposing.unnamed(db, carla)] == [newer.id, older.id]
    met(db, carla, named(db, carla, cast.town_hall), older)
    assert [one.note.id for one in proposing.unnamed(db, carla)] == [newer.id]
    assert [one.note.id for one in proposing.unnamed(db, actor(cast.dirk))] == [there.id]
    assert proposing.unnamed(db, carla, cast.branch) == []


@pytest.mark.parametrize("who", ["eva", "anna"])
def test_who_reads_no_notes_gets_no_proposals(db, cast, actor, who):
    story(db, cast.town_hall, cast.bas, FEE)
    assert proposing.unnamed(db, actor(getattr(cast, who))) == []
