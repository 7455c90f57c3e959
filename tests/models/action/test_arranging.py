import pytest
from sqlmodel import col, select

from app.errors import Conflict, Forbidden, Invalid
from app.models.action import arranging, changing, commenting
from app.models.action.history import history
from app.models.action.schemas import ActionChanges, CommentDraft, Placement
from app.models.action.table import ActionKind, ImprovementAction, Step
from tests.makers_action import raised, story


@pytest.fixture
def three(db, cast, actor):
    """Three cards in Nieuw, in the order in which they lie there."""
    note = story(db, cast.town_hall, cast.bas)
    made = [raised(db, actor(cast.bas), note, title=f"Actie {n}") for n in (3, 2, 1)]
    return made[::-1]


def move(db, action, step, by, **fields):
    version = fields.pop("version", action.version)
    arranging.place(db, action, Placement(step=step, version=version, **fields), by=by)


def order(db, step):
    action = ImprovementAction
    return db.exec(
        select(action.title).where(action.step == step).order_by(col(action.position), col(action.id))
    ).all()


def test_carla_moves_a_card_and_the_log_says_so(db, cast, actor, three):
    move(db, three[0], "chosen", actor(cast.carla))
    assert (three[0].step, three[0].version, three[0].moved_by_id) == (Step.CHOSEN, 2, cast.carla)
    last = history(db, three[0])[-1]
    assert (last.verb, last.who, last.detail) == (
        "action.moved",
        "Carla Smit",
        {"from": "new", "to": "chosen"},
    )


def test_a_card_is_put_before_after_or_on_top(db, cast, actor, three):
    bas = actor(cast.bas)
    one, two, tree = three
    move(db, tree, "new", bas, before=two.id)
    assert order(db, "new") == ["Actie 1", "Actie 3", "Actie 2"]
    move(db, one, "new", bas, after=two.id)
    assert order(db, "new") == ["Actie 3", "Actie 2", "Actie 1"]
    move(db, two, "new", bas)
    assert order(db, "new") == ["Actie 2", "Actie 3", "Actie 1"]


def test_a_neighbour_that_left_the_step_counts_as_none(db, cast, actor, three):
    move(db, three[1], "done", actor(cast.bas))
    move(db, three[2], "new", actor(cast.bas), before=three[1].id)
    assert order(db, "new") == ["Actie 3", "Actie 1"]


def test_a_crowded_gap_is_spread_out_again(db, cast, actor, three):
    one, two, tree = three
    two.position = one.position + 1e-9
    db.flush()
    move(db, tree, "new", actor(cast.bas), before=two.id)
    assert order(db, "new") == ["Actie 1", "Actie 3", "Actie 2"]
    move(db, one, "new", actor(cast.bas), after=tree.id)
    assert order(db, "new") == ["Actie 3", "Actie 1", "Actie 2"]


def test_two_people_move_one_card_and_the_second_is_told_who_was_first(db, cast, actor, three):
    move(db, three[0], "chosen", actor(cast.carla))
    with pytest.raises(Conflict) as clash:
        move(db, three[0], "doing", actor(cast.bas), version=1)
    assert (clash.value.code, clash.value.details) == ("action.moved_meanwhile", {"who": "Carla"})
    assert three[0].step == Step.CHOSEN


def test_a_comment_in_between_does_not_take_the_blame(db, cast, actor, three):
    move(db, three[0], "chosen", actor(cast.carla))
    commenting.comment(db, three[0], CommentDraft(text="Fijn!"), by=actor(cast.bas))
    with pytest.raises(Conflict) as clash:
        move(db, three[0], "doing", actor(cast.bas), version=1)
    assert clash.value.details == {"who": "Carla"}


def test_moving_what_somebody_just_changed_names_the_change(db, cast, actor, three):
    changes = ActionChanges(title="Anders gezegd", kind=ActionKind.CLEAR, version=1)
    changing.change(db, three[0], changes, by=actor(cast.carla))
    with pytest.raises(Conflict) as clash:
        move(db, three[0], "doing", actor(cast.bas), version=1)
    assert clash.value.code == "action.changed_meanwhile"


def test_the_same_move_twice_is_one_move(db, cast, actor, three):
    for _ in range(2):
        move(db, three[0], "doing", actor(cast.bas), version=1)
    assert three[0].version == 2
    assert [event.verb for event in history(db, three[0])] == ["action.raised", "action.moved"]


def test_not_now_needs_a_reason_and_keeps_it_until_the_card_returns(db, cast, actor, three):
    bas = actor(cast.bas)
    with pytest.raises(Invalid) as wrong:
        move(db, three[0], "not_now", bas)
    assert wrong.value.fields["reason"][0] == "action.reason_missing"
    move(db, three[0], "not_now", bas, reason="Wacht op de nieuwe balie")
    assert three[0].reason == "Wacht op de nieuwe balie"
    move(db, three[0], "chosen", bas)
    assert three[0].reason == ""


def test_eva_and_dirk_move_nothing_here(db, cast, actor, three):
    for stranger in (cast.eva, cast.dirk):
        with pytest.raises(Forbidden):
            move(db, three[0], "doing", actor(stranger))
