import pytest
from sqlmodel import select

from app.errors import Conflict, Forbidden, Invalid
from app.models.action import ruling
from app.models.action.table import RuleAction
from app.models.rule import history, meeting, queries
from app.models.rule.counting import Toll, tolls
from app.models.rule.filter import RuleFilter
from app.models.rule.schemas import NamedRule
from tests.makers_action import raised, story
from tests.makers_rule import FEE, PICK, met, named


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def two(db, cast, bas):
    return named(db, bas, cast.town_hall, "35 euro"), named(db, bas, cast.town_hall, "Tarief voor hulp")


def heard(db, cast):
    return story(db, cast.town_hall, cast.bas, FEE)


def test_customers_and_actions_move_to_the_name_that_stays_and_nobody_counts_twice(db, cast, bas, two):
    goes, stays = two
    both = heard(db, cast)
    met(db, bas, goes, both, minutes=10, euros="35", room="lacking")
    met(db, bas, stays, both, euros="40")
    met(db, bas, goes, heard(db, cast), minutes=5)
    action = raised(db, bas, story(db, cast.town_hall, cast.bas))
    ruling.link(db, goes, action, by=bas)
    ruling.merge(db, goes, stays, by=bas)
    assert tolls(db, [stays.id])[stays.id] == Toll(
        customers=2, minutes=15, minutes_known=2, cents=4_000, cents_known=1, lacking=1
    )
    assert tolls(db, [goes.id])[goes.id] == Toll()
    assert [one.id for one in ruling.actions_of(db, bas, stays.id)] == [action.id]
    assert [rule.id for rule in db.exec(queries.matching(bas, RuleFilter()))] == [stays.id]
    assert history.history(db, stays)[-1].verb == "rule.merged"


def test_an_action_of_both_is_linked_once(db, cast, bas, two):
    action = raised(db, bas, story(db, cast.town_hall, cast.bas))
    for rule in two:
        ruling.link(db, rule, action, by=bas)
    ruling.merge(db, *two, by=bas)
    assert len(db.exec(select(RuleAction)).all()) == 1


def test_merging_twice_is_merging_once(db, bas, two):
    goes, stays = two
    for _ in range(2):
        ruling.merge(db, goes, stays, by=bas)
    assert [event.verb for event in history.history(db, stays)].count("rule.merged") == 1


def test_a_rule_does_not_go_into_itself_or_in_a_circle(db, cast, bas, two):
    goes, stays = two
    with pytest.raises(Invalid) as itself:
        ruling.merge(db, goes, goes, by=bas)
    assert itself.value.fields["into_id"][0] == "rule.merge_itself"
    ruling.merge(db, goes, stays, by=bas)
    with pytest.raises(Conflict, match="merge_circle"):
        ruling.merge(db, stays, goes, by=bas)
    third = named(db, bas, cast.town_hall, "Een derde")
    for rule, into in ((goes, third), (third, goes)):
        with pytest.raises(Conflict, match="merged_away"):
            ruling.merge(db, rule, into, by=bas)


def test_rules_of_two_places_stay_apart(db, cast, actor, bas, two):
    elsewhere = named(db, actor(cast.dirk), cast.branch)
    with pytest.raises(Invalid):
        ruling.merge(db, two[0], elsewhere, by=bas)
    with pytest.raises(Forbidden):
        ruling.merge(db, *two, by=actor(cast.dirk))


def test_what_was_merged_away_takes_no_more_customers(db, cast, bas, two):
    goes, stays = two
    ruling.merge(db, goes, stays, by=bas)
    with pytest.raises(Conflict, match="merged_away"):
        met(db, bas, goes, heard(db, cast))
    with pytest.raises(Invalid):
        meeting.meet_by_name(db, heard(db, cast), NamedRule(rule_id=goes.id, quote=PICK), by=bas)
