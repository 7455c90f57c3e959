import csv
import io

import pytest

from app.models.export import rules
from app.models.export.cells import EXCEL, RFC4180
from app.models.rule import queries
from app.models.rule.filter import RuleFilter
from tests.counting import counted_queries
from tests.makers_action import story
from tests.makers_rule import FEE, decided, met, named


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


def exported(db, by, dialect=RFC4180):
    chunks = rules.write(db, queries.matching(by, RuleFilter()), dialect, by=by)
    text = b"".join(chunks).removeprefix(dialect.start).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True))


def test_a_rule_carries_what_it_costs_and_for_how_many_that_is_known(db, cast, bas):
    rule = named(db, bas, cast.town_hall, "=Tarief", owner_id=cast.carla)
    met(db, bas, rule, story(db, cast.town_hall, cast.bas, FEE), euros="12345,67", room="lacking")
    met(db, bas, rule, story(db, cast.town_hall, cast.bas, FEE))
    decided(db, bas, rule, "keep", reason="Staat in de wet.")
    (row,) = exported(db, bas, EXCEL)
    assert (row["title"], row["customers"], row["euros"], row["euros_known"]) == (
        "'=Tarief",
        "2",
        "12345,67",
        "1",
    )
    assert (row["minutes"], row["minutes_known"], row["room_lacking"]) == ("", "0", "1")
    assert (row["owner"], row["location"], row["decision"]) == ("Carla Smit", "Stadskantoor", "keep")
    assert row["quotes"].count("Daar moet ik 35 euro voor rekenen") == 2


def test_only_who_may_take_data_along_gets_rules(db, cast, actor, bas):
    named(db, bas, cast.town_hall)
    assert len(exported(db, bas)) == 1
    for who in (cast.carla, cast.eva, cast.dirk, cast.anna):
        assert exported(db, actor(who)) == []


def test_as_many_questions_for_many_rules_as_for_one(db, cast, bas):
    named(db, bas, cast.town_hall)
    with counted_queries() as few:
        exported(db, bas)
    for number in range(20):
        named(db, bas, cast.town_hall, f"Regel {number}")
    with counted_queries() as many:
        assert len(exported(db, bas)) == 21
    assert len(few) == len(many)
