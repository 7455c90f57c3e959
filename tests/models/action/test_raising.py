from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import new_id, today
from app.errors import Conflict, Forbidden, Invalid
from app.models.action import queries, raising
from app.models.action.table import Evidence, ImprovementAction, Step
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from tests.makers_action import FIRST, SECOND, draft, raised, story


def evidence(db, action):
    return db.exec(select(Evidence).where(Evidence.action_id == action.id).order_by(Evidence.id)).all()


def label(db, note, state, start, end):
    tag = db.exec(select(Tag)).first()
    spans = [{"field": "story", "start": start, "end": end}]
    db.add(Tagging(note_id=note.id, tag_id=tag.id, state=state, origin="lexicon", spans=spans))
    db.flush()


def test_bas_raises_an_action_that_keeps_the_words_and_their_mark(db, cast, actor):
    note = story(db, cast.town_hall, cast.bas)
    label(db, note, TaggingState.SUGGESTED, 37, 57)
    action = raised(db, actor(cast.bas), note, owner_id=cast.carla, team_ids=[cast.counter_team])
    (quote,) = evidence(db, action)
    assert quote.quote == "Ik wilde juist iemand spreken."
    assert quote.quote[quote.mark_start : quote.mark_end] == "juist iemand spreken"
    assert (action.step, action.location_id, action.owner_id) == (Step.NEW, cast.town_hall, cast.carla)
    assert [team.id for team in queries.teams_of(db, action.id)] == [cast.counter_team]


def test_a_rejected_label_marks_nothing(db, cast, actor):
    note = story(db, cast.town_hall, cast.bas)
    label(db, note, TaggingState.REJECTED, 37, 57)
    (quote,) = evidence(db, raised(db, actor(cast.bas), note))
    assert quote.mark_start == quote.mark_end


def test_the_same_draft_twice_makes_one_action(db, cast, actor):
    note, bas, twice = story(db, cast.town_hall, cast.bas), actor(cast.bas), draft()
    first = raising.raise_from(db, note, twice, by=bas)
    assert raising.raise_from(db, note, twice, by=bas).id == first.id
    assert len(db.exec(select(ImprovementAction)).all()) == 1
    assert len(evidence(db, first)) == 1


def test_an_id_that_somebody_else_used_is_refused(db, cast, actor):
    note, wanted = story(db, cast.town_hall, cast.bas), draft()
    raising.raise_from(db, note, wanted, by=actor(cast.bas))
    with pytest.raises(Conflict):
        raising.raise_from(db, note, wanted, by=actor(cast.carla))


def test_the_newest_action_lies_on_top(db, cast, actor):
    note = story(db, cast.town_hall, cast.bas)
    first, second = (raised(db, actor(cast.bas), note) for _ in range(2))
    assert second.position < first.position


def test_without_a_quote_there_is_no_action(db, cast, actor):
    with pytest.raises(Invalid) as wrong:
        raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), quotes=[])
    assert wrong.value.fields["quotes"][0] == "action.quote_missing"


def test_a_note_without_words_still_is_the_ground_of_an_action(db, cast, actor):
    note = story(db, cast.town_hall, cast.bas, text="")
    action = raised(db, actor(cast.bas), note, quotes=[])
    assert queries.customers(db, [action.id]) == {action.id: 1}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("due_on", "gisteren", "action.due_in_the_past"),
        ("owner_id", "dirk", "field.unknown_choice"),
        ("owner_id", "eva", "field.unknown_choice"),
        ("team_ids", "branch_team", "field.unknown_choice"),
        ("quotes", ["story:0-9999"], "action.quote_unknown"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(db, cast, actor, field, value, code):
    value = today() - timedelta(days=1) if value == "gisteren" else value
    value = getattr(cast, value) if isinstance(value, str) else value
    note = story(db, cast.town_hall, cast.bas)
    with pytest.raises(Invalid) as wrong:
        raised(db, actor(cast.bas), note, **{field: [value] if field == "team_ids" else value})
    assert wrong.value.fields[field][0] == code


def test_today_is_not_too_late(db, cast, actor):
    assert raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), due_on=today()).due_on == today()


def test_waiting_for_room_needs_a_name_and_begins_to_count(db, cast, actor):
    with pytest.raises(ValueError, match="room_from_missing"):
        draft(room="waiting")
    action = raised(
        db, actor(cast.bas), story(db, cast.town_hall, cast.bas), room="waiting", room_from="J. de Wit"
    )
    assert action.room_since is not None
    own = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas), room_from="J. de Wit")
    assert (own.room_from, own.room_since) == ("", None)


def test_dirk_and_eva_cannot_raise_at_the_town_hall(db, cast, actor):
    note = story(db, cast.town_hall, cast.bas)
    for stranger in (cast.dirk, cast.eva):
        with pytest.raises(Forbidden):
            raised(db, actor(stranger), note)


def test_a_second_story_counts_one_more_customer_and_no_words_twice(db, cast, actor):
    bas = actor(cast.bas)
    action = raised(db, bas, story(db, cast.town_hall, cast.bas))
    other = story(db, cast.town_hall, cast.carla)
    for _ in range(2):
        raising.add_evidence(db, action, other, [FIRST, SECOND], by=bas)
    assert queries.customers(db, [action.id]) == {action.id: 2}
    assert len(evidence(db, action)) == 3


def test_a_story_of_another_place_is_no_evidence_here(db, cast, actor):
    action = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    elsewhere = story(db, cast.branch, cast.dirk)
    with pytest.raises(Invalid):
        raising.add_evidence(db, action, elsewhere, [FIRST], by=actor(cast.bas))


def test_an_id_is_an_id():
    with pytest.raises(ValueError, match="other"):
        draft(id="geen-id")
    assert draft(id=new_id()).id != draft().id
