"""The six questions: once, counted without a name, and shown from five answers."""

import pytest
from sqlmodel import select

from app.errors import NotFound
from app.models.pulse import answering, queries
from app.models.pulse.schemas import PulseDraft
from app.models.pulse.table import PulseCount, PulseTaken
from app.models.team.table import Team, TeamMember

NO, YES = 1, 5


def draft(given: int) -> PulseDraft:
    return PulseDraft.model_validate({f"q{n}": given for n in range(1, 7)})


def join(db, cast, *people):
    db.add_all(TeamMember(team_id=cast.counter_team, user_id=one) for one in people)
    db.flush()


def test_four_answers_are_not_shown_and_five_are_without_a_mean(db, cast, actor):
    team = db.get_one(Team, cast.counter_team)
    people = [cast.bas, cast.dirk, cast.eva, cast.anna]
    join(db, cast, *people)
    for one in people:
        answering.answer(db, team, draft(YES), by=actor(one))
        answering.answer(db, team, draft(NO), by=actor(one))
    (pulse,) = queries.pulses(db, team)
    assert (pulse.answered, list(pulse.rows)) == (4, [])
    assert answering.unanswered(db, actor(cast.carla)) == [team]
    answering.answer(db, team, draft(NO), by=actor(cast.carla))
    (pulse,) = queries.pulses(db, team)
    assert pulse.rows == [[1, 0, 0, 0, 4]] * 6
    assert answering.unanswered(db, actor(cast.carla)) == []


def test_nothing_tells_who_gave_which_answer(db, cast, actor):
    answering.answer(db, db.get_one(Team, cast.counter_team), draft(YES), by=actor(cast.carla))
    cells = db.exec(select(PulseCount)).all()
    assert {one.count for one in cells} == {1}
    assert set(PulseCount.model_fields) == {"team_id", "period", "question", "answer", "count"}
    assert set(PulseTaken.model_fields) == {"team_id", "period", "user_id"}


def test_only_members_answer_and_only_they_and_their_manager_look(db, cast, actor):
    team = db.get_one(Team, cast.counter_team)
    for one in (cast.carla, cast.bas):
        assert queries.get(db, actor(one), team.id) == team
    for one in (cast.dirk, cast.eva, cast.anna):
        with pytest.raises(NotFound):
            queries.get(db, actor(one), team.id)
    with pytest.raises(NotFound):
        answering.answer(db, team, draft(YES), by=actor(cast.bas))
