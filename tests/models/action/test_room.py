from datetime import UTC, datetime

import pytest

from app.clock import new_id, now
from app.errors import Conflict, Forbidden, Invalid
from app.models.access import Role
from app.models.action import changing, room_asking, room_counting, room_using, room_writing
from app.models.action.schemas import ActionChanges, AnswerDraft, QuestionDraft, RoomDraft, SpotDraft
from app.models.action.table import Room, Step
from app.models.team.table import Team
from app.models.user.table import Membership, User
from tests.makers_action import raised, story

MAY = RoomDraft.model_validate(
    {"clear": "Los het meteen op en betaal de parkeerkosten.", "clear_euros": "150"}
)


@pytest.fixture
def action(db, cast, actor):
    return raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), team_ids=[cast.counter_team])


@pytest.fixture
def team(db, cast):
    return db.get(Team, cast.counter_team)


def counts(db, team):
    found = room_counting.counts_of(db, [team.id])[team.id]
    return found.on_the_spot, found.asked, found.refused


def question(cast, **more):
    return QuestionDraft.model_validate({"of_id": cast.bas, "words": "Mag ik dit vergoeden?"} | more)


def test_bas_writes_it_down_and_carla_solves_on_the_spot_and_counts_once(db, cast, actor, action, team):
    for _ in range(2):
        room_writing.write(db, team, MAY, by=actor(cast.bas))
    draft = SpotDraft.model_validate({"euros": "12,50"})
    for _ in range(2):
        room_using.solve(db, action, draft, by=actor(cast.carla))
    assert (action.step, action.owner_id, action.amount_cents) == (Step.DONE, cast.carla, 1250)
    (use,) = room_using.uses_of(db, action.id)
    assert (use.words, use.team_id) == (MAY.clear, team.id)
    assert counts(db, team) == (1, 0, 0)


def test_without_room_or_above_the_amount_it_is_asked_first(db, cast, actor, action, team):
    carla = actor(cast.carla)
    with pytest.raises(Invalid) as none:
        room_using.solve(db, action, SpotDraft(), by=carla)
    assert none.value.fields["words"][0] == "room.none"
    room_writing.write(db, team, MAY, by=actor(cast.bas))
    with pytest.raises(Invalid) as more:
        room_using.solve(db, action, SpotDraft.model_validate({"euros": "151"}), by=carla)
    assert more.value.fields["euros"] == ("room.too_much", {"most": "150"})
    assert action.step == Step.NEW


def test_only_a_manager_of_the_place_writes_what_a_team_may(db, cast, actor, team):
    for person in (cast.carla, cast.eva, cast.dirk, cast.anna):
        with pytest.raises(Forbidden):
            room_writing.write(db, team, MAY, by=actor(person))
    room_writing.write(db, team, MAY, by=actor(cast.bas))
    room_writing.write(db, team, RoomDraft(), by=actor(cast.bas))
    assert room_writing.room_of(db, [team.id]) == {}


def test_a_question_waits_for_one_person_and_the_answer_comes_back_with_words(db, cast, actor, action, team):
    draft = question(cast)
    for _ in range(2):
        room_asking.ask(db, action, draft, by=actor(cast.carla))
    assert (action.room, action.room_from, action.room_from_id) == (Room.WAITING, "Bas de Wit", cast.bas)
    no = AnswerDraft(use_id=draft.id, allowed=False, words="Dit is al vergoed.")
    with pytest.raises(Forbidden):
        room_asking.answer(db, action, no, by=actor(cast.carla))
    with pytest.raises(Invalid):
        room_asking.answer(db, action, AnswerDraft(use_id=draft.id, allowed=False), by=actor(cast.bas))
    for _ in range(2):
        room_asking.answer(db, action, no, by=actor(cast.bas))
    assert (action.room, action.room_since, counts(db, team)) == (Room.REFUSED, None, (0, 1, 1))
    again = question(cast)
    room_asking.ask(db, action, again, by=actor(cast.carla))
    room_asking.answer(db, action, AnswerDraft(use_id=again.id, allowed=True), by=actor(cast.bas))
    assert (action.room, counts(db, team)) == (Room.OWN, (0, 2, 1))
    with pytest.raises(Conflict):
        room_asking.answer(db, action, AnswerDraft(use_id=new_id(), allowed=True), by=actor(cast.bas))


def test_only_a_manager_can_be_asked_and_another_answers_when_that_one_left(db, cast, actor, action):
    with pytest.raises(Invalid):
        room_asking.ask(db, action, question(cast, of_id=cast.carla), by=actor(cast.carla))
    fatima = User(email="fatima@klantsafari.example", name="Fatima Said")
    db.add(fatima)
    db.flush()
    db.add(Membership(user_id=fatima.id, role=Role.MANAGER, location_id=cast.city))
    db.flush()
    draft = question(cast, of_id=fatima.id)
    room_asking.ask(db, action, draft, by=actor(cast.carla))
    yes = AnswerDraft(use_id=draft.id, allowed=True)
    with pytest.raises(Forbidden):
        room_asking.answer(db, action, yes, by=actor(cast.bas))
    fatima.disabled_at = now()
    db.flush()
    room_asking.answer(db, action, yes, by=actor(cast.bas))
    assert action.room == Room.OWN


def test_saying_on_the_form_whom_it_waits_for_counts_as_asking(db, cast, actor, action, team):
    wanted = {"title": action.title, "kind": "clear", "team_ids": [team.id], "version": 1}
    waits = ActionChanges.model_validate(
        wanted | {"room": "waiting", "room_from_id": cast.bas, "euros": "20"}
    )
    for _ in range(2):
        changing.change(db, action, waits, by=actor(cast.carla))
    assert (action.room_from, action.amount_cents, counts(db, team)) == ("Bas de Wit", 2000, (0, 1, 0))


def test_who_left_owns_nothing_any_more_and_another_takes_over(db, cast, actor, action):
    action.owner_id = cast.carla
    db.get(User, cast.carla).disabled_at = datetime(2026, 11, 1, tzinfo=UTC)
    db.flush()
    changing.take(db, action, by=actor(cast.bas))
    assert action.owner_id == cast.bas
