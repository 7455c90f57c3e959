import pytest
from pydantic import ValidationError
from sqlmodel import col, select

from app.errors import Invalid
from app.models.action import arranging
from app.models.action.arranging_many import ManyDraft, arrange
from app.models.action.filter import ActionFilter
from app.models.action.schemas import Placement
from app.models.action.table import ImprovementAction, Step
from app.models.board import ordering
from tests.makers_action import raised, story


@pytest.fixture
def three(db, cast, actor):
    """Three cards in Nieuw, in the order in which they lie there."""
    note = story(db, cast.town_hall, cast.bas)
    made = [raised(db, actor(cast.bas), note, title=f"Actie {n}") for n in (3, 2, 1)]
    return made[::-1]


def many(actions, **fields) -> ManyDraft:
    return ManyDraft.model_validate({"cards": [f"{a.id}:{a.version}" for a in actions]} | fields)


def order(db, step):
    action = ImprovementAction
    wanted = select(action.title).where(action.step == step).order_by(col(action.position), col(action.id))
    return db.exec(wanted).all()


def test_three_cards_move_to_somebody_in_their_order_and_twice_is_once(db, cast, actor, three):
    draft = many(three, step="doing", owner_id=cast.carla)
    for _ in range(2):
        outcome = arrange(db, draft, by=actor(cast.bas))
        assert (len(outcome.done), outcome.refused, outcome.gone) == (3, [], 0)
    assert order(db, Step.DOING) == ["Actie 1", "Actie 2", "Actie 3"]
    assert {(a.owner_id, a.version) for a in three} == {(cast.carla, 3)}


def test_a_card_that_somebody_moved_meanwhile_stays_and_the_others_go(db, cast, actor, three):
    draft = many(three, step="doing")
    arranging.place(db, three[1], Placement(step=Step.DONE, version=1), by=actor(cast.carla))
    outcome = arrange(db, draft, by=actor(cast.bas))
    assert [a.title for a in outcome.done] == ["Actie 1", "Actie 3"]
    (refused,) = outcome.refused
    assert (refused.action.id, refused.fault) == (
        three[1].id,
        ("action.moved_meanwhile", {"who": "Carla"}),
    )
    assert order(db, Step.DONE) == ["Actie 2"]


def test_who_does_not_work_there_gets_no_card_and_nothing_of_it_moves(db, cast, actor, three):
    outcome = arrange(db, many(three[:1], step="doing", owner_id=cast.dirk), by=actor(cast.bas))
    assert outcome.refused[0].fault[0] == "action.owner_elsewhere"
    db.refresh(three[0])
    assert (three[0].step, three[0].version) == (Step.NEW, 1)


def test_the_cards_of_others_are_not_there_and_eva_changes_nothing(db, cast, actor, three):
    assert arrange(db, many(three, step="doing"), by=actor(cast.dirk)).gone == 3
    outcome = arrange(db, many(three, step="doing"), by=actor(cast.eva))
    assert {refused.fault[0] for refused in outcome.refused} == {"forbidden"}


def test_not_now_asks_why_and_nothing_chosen_is_said(db, cast, actor, three):
    with pytest.raises(Invalid):
        arrange(db, many(three, step="not_now"), by=actor(cast.bas))
    with pytest.raises(ValidationError):
        many(three)
    assert len(arrange(db, many(three, step="not_now", reason="Later"), by=actor(cast.bas)).done) == 3


def shift(db, actor, action, way, only=None):
    to = Placement(step=action.step, version=action.version, shift=way)
    arranging.place(db, action, ordering.shifted(db, actor, only or ActionFilter(), action, to), by=actor)


def test_a_card_goes_one_place_up_or_down_past_what_the_person_sees(db, cast, actor, three):
    bas = actor(cast.bas)
    shift(db, bas, three[2], "up")
    assert order(db, Step.NEW) == ["Actie 1", "Actie 3", "Actie 2"]
    shift(db, bas, three[0], "down")
    assert order(db, Step.NEW) == ["Actie 3", "Actie 1", "Actie 2"]
    shift(db, bas, three[2], "up")
    shift(db, bas, three[1], "down")
    assert order(db, Step.NEW) == ["Actie 3", "Actie 1", "Actie 2"]
    shift(db, bas, three[1], "up", ActionFilter(q="3"))
    assert order(db, Step.NEW) == ["Actie 2", "Actie 3", "Actie 1"]
