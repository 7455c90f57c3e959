import pytest
from sqlmodel import select

from app.clock import now
from app.errors import NotFound
from app.models.field_note.filter import FieldNoteFilter
from app.models.proposal import advising
from app.models.proposal.forgetting import forget
from app.models.proposal.table import AdviceSetAside
from tests.makers_action import raised
from tests.makers_proposal import said

ADVICE = "Hang een bord op."


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


def advised(db, place, author, advice=ADVICE, **fields):
    note = said(db, place, author, "Ik kon de balie niet vinden.", **fields)
    note.answers = note.answers | {"advice": {"value": advice, "literal": True}}
    db.flush()
    return note


def listed(db, who, **only):
    return [advice.note.id for advice in advising.page(db, who, FieldNoteFilter(**only)).items]


def test_the_newest_first_and_only_where_there_is_any(db, cast, bas):
    old, new = (advised(db, cast.town_hall, cast.bas, days_ago=days) for days in (5, 1))
    said(db, cast.town_hall, cast.bas, "Niets te raden.")
    advised(db, cast.town_hall, cast.bas, "  ")
    assert listed(db, bas) == [new.id, old.id]
    assert advising.count(db, bas, FieldNoteFilter()) == 2


def test_by_place_and_theme(db, cast, bas):
    note = advised(db, cast.town_hall, cast.bas)
    assert listed(db, bas, location=cast.town_hall, tag="kosten") == [note.id]
    assert listed(db, bas, location=cast.branch) == listed(db, bas, tag="regels") == []


def test_taken_up_set_aside_erased_or_declined_is_gone(db, cast, bas):
    notes = [advised(db, cast.town_hall, cast.bas) for _ in range(5)]
    raised(db, bas, notes[0], quotes=[f"advice:0-{len(ADVICE)}"])
    for _ in range(2):
        advising.set_aside(db, advising.get(db, bas, notes[1].id), "Er hangt al een bord.", by=bas)
    notes[2].erased_at, notes[3].declined = now(), True
    db.flush()
    assert listed(db, bas) == [notes[4].id]


def test_an_action_on_other_words_of_the_note_leaves_the_advice(db, cast, bas):
    note = advised(db, cast.town_hall, cast.bas)
    raised(db, bas, note, quotes=["story:0-28"])
    assert listed(db, bas) == [note.id]


def test_pages_follow_each_other(db, cast, bas):
    notes = [advised(db, cast.town_hall, cast.bas, days_ago=days) for days in (1, 2, 3)]
    first = advising.page(db, bas, FieldNoteFilter(), limit=2)
    rest = advising.page(db, bas, FieldNoteFilter(), limit=2, cursor=first.next or "")
    assert [a.note.id for a in (*first.items, *rest.items)] == [note.id for note in notes]
    assert rest.next is None


def test_others_see_none_of_it(db, cast, actor):
    note = advised(db, cast.town_hall, cast.bas)
    for who in (cast.anna, cast.dirk, cast.eva):
        assert listed(db, actor(who)) == []
        with pytest.raises(NotFound):
            advising.get(db, actor(who), note.id)
    assert listed(db, actor(cast.carla)) == [note.id]


def test_an_erased_note_leaves_no_reason_behind(db, cast, bas):
    note = advised(db, cast.town_hall, cast.bas)
    advising.set_aside(db, advising.get(db, bas, note.id), "Er hangt al een bord.", by=bas)
    forget(db, note.id)
    assert db.exec(select(AdviceSetAside)).all() == []
