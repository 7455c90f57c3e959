import pytest

from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.action.filter import ActionFilter
from app.models.action.signals import Signal
from app.models.board import keeping
from app.models.board.schemas import BoardDraft
from app.models.board.table import Board


def kept(db, by, only=None, **fields) -> Board:
    draft = BoardDraft.model_validate({"name": "Balie, te laat"} | fields)
    return keeping.keep(db, draft, only or ActionFilter(), by=by)


def test_carla_keeps_a_board_for_herself_and_one_for_her_place(db, cast, actor):
    carla = actor(cast.carla)
    own = kept(db, carla, ActionFilter(signal=Signal.LATE, team=cast.counter_team), name="Mijn bord")
    shared = kept(db, carla, ActionFilter(location=cast.town_hall), shared_at_id=cast.town_hall)
    assert (own.signal, own.team_id, shared.location_id) == ("late", cast.counter_team, cast.town_hall)
    assert [board.name for board in keeping.boards(db, carla)] == ["Balie, te laat", "Mijn bord"]
    assert [board.name for board in keeping.boards(db, actor(cast.bas))] == ["Balie, te laat"]
    assert keeping.boards(db, actor(cast.dirk)) == []
    with pytest.raises(NotFound):
        keeping.get(db, actor(cast.bas), own.id)


def test_the_same_draft_twice_keeps_one_board(db, cast, actor):
    draft = BoardDraft(name="Twee keer")
    for _ in range(2):
        keeping.keep(db, draft, ActionFilter(), by=actor(cast.carla))
    assert len(keeping.boards(db, actor(cast.carla))) == 1
    with pytest.raises(Conflict):
        keeping.keep(db, draft, ActionFilter(), by=actor(cast.bas))


def test_nobody_keeps_a_board_for_a_place_or_team_of_others(db, cast, actor):
    carla, eva = actor(cast.carla), actor(cast.eva)
    for by, only, fields in [
        (carla, ActionFilter(), {"shared_at_id": cast.branch}),
        (eva, ActionFilter(), {"shared_at_id": cast.town_hall}),
        (carla, ActionFilter(location=cast.branch), {}),
        (carla, ActionFilter(team=cast.branch_team), {}),
    ]:
        with pytest.raises(Invalid):
            kept(db, by, only, **fields)


def test_a_shared_board_goes_by_its_owner_or_the_manager_there(db, cast, actor):
    board = kept(db, actor(cast.carla), shared_at_id=cast.town_hall)
    with pytest.raises(Forbidden):
        keeping.remove(db, board, by=actor(cast.eva))
    keeping.remove(db, board, by=actor(cast.bas))
    assert keeping.boards(db, actor(cast.carla)) == []
