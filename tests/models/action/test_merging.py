import pytest
from sqlmodel import select

from app.clock import new_id
from app.errors import Conflict, Forbidden, Invalid
from app.models.action import commenting, merging, queries, raising, splitting, stepping, watching
from app.models.action.as_json import comments
from app.models.action.filter import ActionFilter
from app.models.action.schemas import CommentDraft, SplitDraft, StepDraft
from app.models.action.table import Evidence
from tests.makers_action import FIRST, SECOND, raised, story


@pytest.fixture
def notes(db, cast):
    return [story(db, cast.town_hall, cast.bas) for _ in range(2)]


@pytest.fixture
def pair(db, cast, actor, notes):
    """Both rest on the first story; the second action also on the second."""
    bas = actor(cast.bas)
    stays, goes = raised(db, bas, notes[0]), raised(db, bas, notes[0], quotes=[FIRST, SECOND])
    raising.add_evidence(db, goes, notes[1], [SECOND], by=bas)
    return stays, goes


def shown(db, actor, cast):
    return {one.id for one in db.exec(queries.matching(actor(cast.bas), ActionFilter()))}


def test_everything_moves_and_each_customer_counts_once(db, cast, actor, pair):
    stays, goes = pair
    carla = actor(cast.carla)
    commenting.comment(db, goes, CommentDraft(text="Dit is hetzelfde."), by=carla)
    stepping.add(db, stays, StepDraft(what="een"), by=carla)
    stepping.add(db, goes, StepDraft(what="twee"), by=carla)
    watching.follow(db, goes, by=carla)
    assert merging.merge(db, goes, stays, by=carla) is True
    assert queries.customers(db, [stays.id, goes.id]) == {stays.id: 2}
    assert len(queries.evidence_of(db, stays.id)) == 3
    assert [one.text for one in comments(db, stays)] == ["Dit is hetzelfde."]
    assert [step.text for step in stepping.steps_of(db, stays.id)] == ["een", "twee"]
    assert [one.id for one in watching.watchers_of(db, stays)] == [cast.carla]
    assert shown(db, actor, cast) == {stays.id}
    assert queries.where_it_went(db, goes) == stays.id


def test_merging_twice_is_once_and_a_circle_is_refused(db, cast, actor, pair):
    stays, goes = pair
    bas = actor(cast.bas)
    merging.merge(db, goes, stays, by=bas)
    assert merging.merge(db, goes, stays, by=bas) is False
    with pytest.raises(Conflict) as circle:
        merging.merge(db, stays, goes, by=bas)
    assert circle.value.code == "action.merge_circle"
    with pytest.raises(Invalid):
        merging.merge(db, stays, stays, by=bas)


def test_what_went_into_another_takes_nothing_more(db, cast, actor, pair):
    stays, goes = pair
    bas = actor(cast.bas)
    merging.merge(db, goes, stays, by=bas)
    with pytest.raises(Conflict):
        commenting.comment(db, goes, CommentDraft(text="Te laat"), by=bas)
    with pytest.raises(Conflict):
        queries.get(db, bas, goes.id)
    assert queries.get(db, bas, goes.id, merged=True) is goes


def test_only_who_may_change_both_and_at_one_place(db, cast, actor, pair):
    stays, goes = pair
    with pytest.raises(Forbidden):
        merging.merge(db, goes, stays, by=actor(cast.eva))
    there = raised(db, actor(cast.dirk), story(db, cast.branch, cast.dirk))
    with pytest.raises(Forbidden):
        merging.merge(db, goes, there, by=actor(cast.bas))


def test_a_split_takes_the_chosen_words_along_and_loses_none(db, cast, actor, pair, notes):
    _, action = pair
    bas = actor(cast.bas)
    second = db.exec(
        select(Evidence.id).where(Evidence.action_id == action.id, Evidence.note_id == notes[1].id)
    ).one()
    draft = SplitDraft(id=new_id(), title="Iets anders", evidence_ids=[second])
    made = splitting.split(db, action, draft, by=bas)
    assert splitting.split(db, action, draft, by=bas) is made
    assert queries.customers(db, [action.id, made.id]) == {action.id: 1, made.id: 1}
    assert (made.kind, made.location_id) == (action.kind, action.location_id)


def test_something_must_go_and_something_must_stay(db, cast, actor, pair):
    _, action = pair
    all_of_it = [ground.evidence.id for ground in queries.evidence_of(db, action.id)]
    for ids, code in (
        ([], "action.split_nothing"),
        ([new_id()], "action.split_nothing"),
        (all_of_it, "action.split_all"),
    ):
        with pytest.raises(Invalid) as wrong:
            splitting.split(db, action, SplitDraft(title="Iets anders", evidence_ids=ids), by=actor(cast.bas))
        assert wrong.value.fields["evidence_ids"][0] == code
