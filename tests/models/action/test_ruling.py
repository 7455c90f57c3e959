import pytest
from sqlmodel import select

from app.errors import Conflict, Forbidden, Invalid
from app.models.action import queries, ruling
from app.models.action.table import Evidence, ImprovementAction
from tests.makers_action import draft, raised, story
from tests.makers_rule import FEE, met, named


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def rule(db, cast, bas):
    made = named(db, bas, cast.town_hall)
    for _ in range(2):
        met(db, bas, made, story(db, cast.town_hall, cast.bas, FEE))
    return made


def test_an_action_about_a_rule_rests_on_all_that_customers_said_about_it(db, bas, rule):
    wanted = draft(quotes=[])
    action = ruling.raise_about(db, rule, wanted, by=bas)
    assert ruling.raise_about(db, rule, wanted, by=bas).id == action.id
    quotes = db.exec(select(Evidence).where(Evidence.action_id == action.id)).all()
    assert {q.quote[q.mark_start : q.mark_end] for q in quotes} == {"moet ik 35 euro voor rekenen"}
    assert (len(quotes), queries.customers(db, [action.id])) == (2, {action.id: 2})
    assert [one.id for one in ruling.rules_of(db, bas, action.id)] == [rule.id]
    assert len(db.exec(select(ImprovementAction)).all()) == 1


def test_without_a_story_there_is_no_action(db, cast, bas):
    with pytest.raises(Invalid):
        ruling.raise_about(db, named(db, bas, cast.town_hall), draft(quotes=[]), by=bas)


def test_an_action_is_linked_and_let_go_once_however_often_it_is_sent(db, cast, bas, rule):
    action = raised(db, bas, story(db, cast.town_hall, cast.bas))
    assert [one.id for one in ruling.to_link(db, rule)] == [action.id]
    for _ in range(2):
        ruling.link(db, rule, action, by=bas)
    assert [one.id for one in ruling.actions_of(db, bas, rule.id)] == [action.id]
    assert ruling.to_link(db, rule) == []
    for _ in range(2):
        ruling.unlink(db, rule, action.id, by=bas)
    assert list(ruling.actions_of(db, bas, rule.id)) == []


def test_an_action_of_another_place_does_not_belong_to_it(db, cast, actor, bas, rule):
    there = raised(db, actor(cast.dirk), story(db, cast.branch, cast.dirk))
    with pytest.raises(Invalid):
        ruling.link(db, rule, there, by=bas)


def test_strangers_and_taken_ids_are_refused(db, cast, actor, bas, rule):
    wanted = draft(quotes=[])
    ruling.raise_about(db, rule, wanted, by=bas)
    with pytest.raises(Conflict):
        ruling.raise_about(db, rule, wanted, by=actor(cast.carla))
    for stranger in (cast.dirk, cast.eva):
        with pytest.raises(Forbidden):
            ruling.raise_about(db, rule, draft(quotes=[]), by=actor(stranger))
