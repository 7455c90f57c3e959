from datetime import date, timedelta

import pytest

from app.clock import new_id, today
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.action import under_goals
from app.models.action.table import Step
from app.models.goal import keeping, queries
from app.models.goal.schemas import GoalChanges, GoalClosure, GoalDraft, StrategyDraft
from tests.makers_action import raised, story
from tests.makers_helping import talks, theme


def draft(cast, level="years", **fields):
    made = {"id": new_id(), "title": "Iedereen in één keer geholpen", "location_id": cast.town_hall}
    return GoalDraft.model_validate(made | {"level": level} | fields)


def changes(goal, **fields):
    kept = {"title": goal.title, "parent_id": goal.parent_id, "version": goal.version}
    return GoalChanges.model_validate(kept | fields)


@pytest.fixture
def goals(db, cast, actor):
    """One of each level, each under the one before."""
    years = keeping.set_goal(db, draft(cast), by=actor(cast.bas))
    year = keeping.set_goal(db, draft(cast, "year", parent_id=years.id), by=actor(cast.bas))
    now = keeping.set_goal(
        db, draft(cast, "now", parent_id=year.id, tag_ids=[theme(db).id]), by=actor(cast.bas)
    )
    return years, year, now


def test_bas_sets_three_levels_and_the_same_draft_twice_is_one(db, cast, actor, goals):
    again = draft(cast)
    assert (
        keeping.set_goal(db, again, by=actor(cast.bas)).id
        == keeping.set_goal(db, again, by=actor(cast.bas)).id
    )
    tree = under_goals.tree(db, actor(cast.eva), today())
    top = next(branch for branch in tree if branch.goal.id == goals[0].id)
    assert [top.below[0].goal.id, top.below[0].below[0].goal.id] == [goals[1].id, goals[2].id]
    assert under_goals.tree(db, actor(cast.dirk), today()) == []


def test_a_goal_hangs_only_under_one_of_the_level_above(db, cast, actor, goals):
    years, year, now = goals
    for level, above in (("now", years.id), ("year", year.id), ("years", now.id), ("year", new_id())):
        with pytest.raises(Invalid):
            keeping.set_goal(db, draft(cast, level, parent_id=above), by=actor(cast.bas))
    with pytest.raises(Invalid):
        keeping.change(db, now, changes(now, owner_id=cast.dirk), by=actor(cast.bas))


def test_only_who_leads_the_place_changes_its_goals(db, cast, actor, goals):
    for who in (cast.carla, cast.eva):
        with pytest.raises(Forbidden):
            keeping.set_goal(db, draft(cast), by=actor(who))
        with pytest.raises(Forbidden):
            keeping.close(db, goals[0], GoalClosure(outcome="Klaar"), by=actor(who))
    with pytest.raises(NotFound):
        keeping.set_goal(db, draft(cast), by=actor(cast.dirk))


def test_who_changed_it_first_is_not_overwritten(db, cast, actor, goals):
    goal, bas = goals[0], actor(cast.bas)
    mine, theirs = changes(goal, title="Mijn woorden"), changes(goal, title="Hun woorden")
    keeping.change(db, goal, theirs, by=bas)
    keeping.change(db, goal, theirs, by=bas)
    with pytest.raises(Conflict):
        keeping.change(db, goal, mine, by=bas)


def test_closing_keeps_what_came_of_it_and_opens_again(db, cast, actor, goals):
    bas, goal = actor(cast.bas), goals[0]
    for _ in range(2):
        keeping.close(db, goal, GoalClosure(outcome="Klanten komen niet meer terug."), by=bas)
    assert goal.closed_at
    assert goal.version == 2
    assert queries.parents_for(db, bas, goals[1].level) == []
    keeping.change(db, goals[1], changes(goals[1], title="Dit jaar half zo vaak terugkomen"), by=bas)
    keeping.reopen(db, goal, by=bas)
    assert goal.closed_at is None


def test_progress_is_actions_by_step_and_what_customers_say(db, cast, actor, goals):
    bas, now = actor(cast.bas), goals[2]
    action = raised(db, bas, story(db, cast.town_hall, cast.bas), goal_id=now.id)
    talks(db, cast.town_hall, cast.bas, [1, 1, 0, 0, 0], days_ago=0)
    (branch,) = under_goals.branches(db, actor(cast.eva), [now], today() + timedelta(days=1))
    assert branch.steps[Step.NEW] == 1
    assert [one.id for one in under_goals.actions_of(db, bas, now.id)] == [action.id]
    assert sum(one.negative for one in branch.quarters) == 2
    assert sum(one.talks for one in branch.quarters) == 6


def test_an_action_hangs_only_under_a_goal_of_its_own_place(db, cast, actor, goals):
    elsewhere = keeping.set_goal(db, draft(cast, location_id=cast.branch), by=actor(cast.dirk))
    with pytest.raises(Invalid):
        raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), goal_id=elsewhere.id)


def test_quarters_follow_the_calendar():
    from app.models.goal.hearing import _last

    assert _last(date(2026, 2, 3)) == [(2026, 1), (2025, 4), (2025, 3)]


def test_the_strategy_of_a_place_holds_for_who_works_there(db, cast, actor):
    for kind in ("customer", "operations", "operations"):
        keeping.state(db, StrategyDraft(location_id=cast.town_hall, kind=kind), by=actor(cast.bas))
    (stated,) = queries.strategies(db, actor(cast.carla))
    assert stated.strategy.kind == "operations"
    assert queries.strategies(db, actor(cast.dirk)) == []
    with pytest.raises(Forbidden):
        keeping.state(db, StrategyDraft(location_id=cast.town_hall, kind="product"), by=actor(cast.carla))
