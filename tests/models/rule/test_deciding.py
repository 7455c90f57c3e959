from datetime import timedelta

import pytest

from app.clock import today
from app.errors import Conflict, Forbidden, Invalid
from app.models.rule import deciding, history, listing, naming
from app.models.rule.filter import RuleFilter
from app.models.rule.schemas import DecisionDraft, RuleChanges
from app.models.rule.table import Decision, RuleKind
from tests.counting import counted_queries
from tests.makers_action import story
from tests.makers_rule import FEE, decided, met, named


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def rule(db, cast, bas):
    return named(db, bas, cast.town_hall)


def test_keeping_a_rule_needs_a_reason(db, bas, rule):
    with pytest.raises(Invalid) as wrong:
        decided(db, bas, rule, "keep")
    assert wrong.value.fields["reason"][0] == "rule.reason_missing"
    decided(db, bas, rule, "keep", reason="Dat staat in de wet.")
    assert (rule.decision, rule.decided_by_id) == (Decision.KEEP, bas.id)


def test_scrapping_needs_none_and_deciding_twice_is_deciding_once(db, bas, rule):
    draft = DecisionDraft(decision=Decision.SCRAP, version=rule.version)
    for _ in range(2):
        deciding.decide(db, rule, draft, by=bas)
    assert (rule.decision, rule.version) == (Decision.SCRAP, 2)
    assert [event.verb for event in history.history(db, rule)] == ["rule.named", "rule.decided"]
    assert history.history(db, rule)[-1].detail == {"from": "undecided", "to": "scrap"}


def test_the_day_to_look_again_lies_ahead(db, bas, rule):
    with pytest.raises(Invalid) as wrong:
        decided(db, bas, rule, "explain", look_again_on=today())
    assert wrong.value.fields["look_again_on"][0] == "rule.look_again_too_soon"
    decided(db, bas, rule, "explain", look_again_on=today() + timedelta(days=1))


def test_carla_decides_something_else_at_the_same_time_and_is_told_who_was_first(db, cast, actor, bas, rule):
    seen = rule.version
    decided(db, bas, rule, "scrap")
    with pytest.raises(Conflict) as clash:
        deciding.decide(db, rule, DecisionDraft(decision=Decision.WIDEN, version=seen), by=actor(cast.carla))
    assert clash.value.details == {"who": "Bas"}
    with pytest.raises(Conflict):
        naming.change(
            db, rule, RuleChanges(title="Iets anders", kind=RuleKind.FEE, version=seen), by=actor(cast.carla)
        )


def test_eva_reads_and_decides_nothing(db, cast, actor, rule):
    with pytest.raises(Forbidden):
        decided(db, actor(cast.eva), rule, "scrap")


def test_an_owner_works_at_the_place(db, cast, bas, rule):
    def change(owner):
        changes = RuleChanges(title=rule.title, kind=RuleKind.FEE, owner_id=owner, version=rule.version)
        naming.change(db, rule, changes, by=bas)

    change(cast.carla)
    assert (rule.owner_id, rule.version) == (cast.carla, 2)
    for stranger in (cast.dirk, cast.eva):
        with pytest.raises(Invalid):
            change(stranger)


def test_rules_whose_day_has_come_are_first_and_the_others_by_customers(db, cast, bas):
    few, many, due, later = (
        named(db, bas, cast.town_hall, title) for title in ("Aap", "Beer", "Civet", "Das")
    )
    for rule, number in ((few, 1), (many, 2)):
        for _ in range(number):
            met(db, bas, rule, story(db, cast.town_hall, cast.bas, FEE))
    for rule, days in ((due, 0), (later, 9)):
        decided(db, bas, rule, "explain")
        rule.look_again_on = today() + timedelta(days=days)
    db.flush()
    found = listing.register(db, bas, RuleFilter(), today())
    assert [row.rule.id for row in found.again] == [due.id]
    assert [row.rule.title for row in found.rest] == ["Beer", "Aap", "Das"]
    assert found.total == 4
    undecided = listing.register(db, bas, RuleFilter(decision=Decision.UNDECIDED), today())
    assert {row.rule.title for row in undecided.rest} == {"Aap", "Beer"}


def test_dirk_sees_the_rules_of_his_own_place_only(db, cast, actor, bas, rule):
    own = named(db, actor(cast.dirk), cast.branch, "Een ander")
    found = listing.register(db, actor(cast.dirk), RuleFilter(), today())
    assert [row.rule.id for row in found.rest] == [own.id]
    assert listing.register(db, actor(cast.anna), RuleFilter(), today()).total == 0


def test_as_many_questions_to_the_database_for_many_rules_as_for_one(db, cast, bas, rule):
    with counted_queries() as few:
        listing.register(db, bas, RuleFilter(), today())
    for number in range(20):
        met(
            db,
            bas,
            named(db, bas, cast.town_hall, f"Regel {number}"),
            story(db, cast.town_hall, cast.bas, FEE),
        )
    with counted_queries() as many:
        listing.register(db, bas, RuleFilter(), today())
    assert len(few) == len(many) <= 6
