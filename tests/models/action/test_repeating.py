from datetime import UTC, date, datetime

import pytest

from app.errors import Invalid
from app.models.action import queries, repeating, stepping, watching
from app.models.action.filter import ActionFilter
from app.models.action.repeating import following
from app.models.action.schemas import RepetitionDraft, StepDraft
from app.models.action.table import Step
from tests.makers_action import raised, story


@pytest.fixture
def action(db, cast, actor):
    return raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), team_ids=[cast.counter_team])


def every(number, unit, counted):
    return RepetitionDraft.model_validate({"every": number, "unit": unit, "counted": counted})


def board(db, cast, actor):
    return list(db.exec(queries.matching(actor(cast.bas), ActionFilter(step=Step.NEW))))


@pytest.mark.parametrize(
    ("day", "number", "unit", "month_day", "then"),
    [
        (date(2026, 3, 23), 1, "week", None, date(2026, 3, 30)),
        (date(2026, 10, 19), 2, "week", None, date(2026, 11, 2)),
        (date(2026, 1, 31), 1, "month", 31, date(2026, 2, 28)),
        (date(2026, 2, 28), 1, "month", 31, date(2026, 3, 31)),
    ],
)
def test_weeks_and_months_are_counted_in_days_and_never_in_hours(day, number, unit, month_day, then):
    assert following(day, number, unit, month_day) == then


@pytest.mark.parametrize(
    ("closed", "job", "then"),
    [
        # The clock went forward on 29 March 2026 and back on 25 October, at night: half past eleven is still that day.
        (
            datetime(2026, 3, 28, 22, 30, tzinfo=UTC),
            datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
            date(2026, 4, 4),
        ),
        (
            datetime(2026, 10, 24, 21, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            date(2026, 10, 31),
        ),
    ],
)
def test_the_next_one_comes_after_closing_once_also_when_the_clock_changes(
    db, cast, actor, action, closed, job, then
):
    bas = actor(cast.bas)
    stepping.add(db, action, StepDraft(what="Kijk rond"), by=bas)
    watching.follow(db, action, by=bas)
    for _ in range(2):
        repeating.repeat(db, action, every(1, "week", "closing"), by=bas)
    assert repeating.make_recurring(db, job) == 0
    action.step, action.moved_at = Step.DONE, closed
    db.flush()
    assert [repeating.make_recurring(db, job) for _ in range(2)] == [1, 0]
    (made,) = board(db, cast, actor)
    assert (made.title, made.due_on, made.step) == (action.title, then, Step.NEW)
    assert [step.text for step in stepping.steps_of(db, made.id)] == ["Kijk rond"]
    assert [one.id for one in watching.watchers_of(db, made)] == [cast.bas]
    assert [team.id for team in queries.teams_of(db, made.id)] == [cast.counter_team]
    again = repeating.repetition_of(db, made.id)
    assert again
    assert again.every == 1


def test_by_date_it_comes_on_its_day_and_skips_days_that_passed(db, cast, actor, action):
    action.due_on = date(2026, 1, 31)
    db.flush()
    repeating.repeat(db, action, every(1, "month", "date"), by=actor(cast.bas))
    assert repeating.make_recurring(db, datetime(2026, 1, 30, 22, 59, tzinfo=UTC)) == 0
    assert repeating.make_recurring(db, datetime(2026, 4, 2, 4, 0, tzinfo=UTC)) == 1
    made = next(one for one in board(db, cast, actor) if one.id != action.id)
    assert made.due_on == date(2026, 4, 30)


def test_without_a_date_there_is_none_to_count_from_and_stopping_twice_is_once(db, cast, actor, action):
    bas = actor(cast.bas)
    with pytest.raises(Invalid):
        repeating.repeat(db, action, every(1, "week", "date"), by=bas)
    repeating.repeat(db, action, every(1, "week", "closing"), by=bas)
    for _ in range(2):
        repeating.stop(db, action, by=bas)
    assert repeating.repetition_of(db, action.id) is None
