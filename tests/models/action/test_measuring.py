from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import today
from app.errors import Conflict, Forbidden, Invalid
from app.models.action import measuring, outcomes
from app.models.action.yardstick_draft import YardstickDraft
from app.models.guide.queries import newest_for, outline
from app.models.guide.table import Guide, GuideVersion, Question, QuestionKind
from app.models.helping.table import Hope, Yardstick
from app.models.safari import opening
from app.models.safari.schemas import SafariDraft
from tests.makers_action import raised, story
from tests.makers_helping import done, question, talks, theme


def draft(cast, moves, **fields):
    made = {"moves": moves, "location_id": cast.town_hall, "counts_from": today(), "hope": "less_negative"}
    return YardstickDraft.model_validate(made | fields)


def of_theme(db, cast, **fields):
    return draft(cast, f"tag:{theme(db).id}", **fields)


def test_carla_says_what_customers_should_notice_and_twice_is_once(db, cast, actor):
    carla = actor(cast.carla)
    action = done(db, carla, cast.town_hall)
    for _ in range(2):
        measuring.measure(db, action, of_theme(db, cast), by=carla)
    one = db.exec(select(Yardstick)).one()
    assert (one.hope, one.location_id, one.set_by_id) == (Hope.LESS_NEGATIVE, cast.town_hall, cast.carla)
    assert one.before_until <= one.counts_from
    measuring.stop(db, action, by=carla)
    measuring.stop(db, action, by=carla)
    assert measuring.yardstick_of(db, action) is None


def test_what_is_measured_does_not_change_once_talks_were_counted(db, cast, actor):
    bas = actor(cast.bas)
    action = done(db, bas, cast.town_hall)
    measuring.measure(db, action, of_theme(db, cast), by=bas)
    measuring.measure(db, action, of_theme(db, cast, hope="less_named"), by=bas)
    talks(db, cast.town_hall, cast.bas, [0], days_ago=-1)
    with pytest.raises(Conflict):
        measuring.measure(db, action, of_theme(db, cast), by=bas)


def test_nobody_chooses_what_they_already_know(db, cast, actor):
    bas = actor(cast.bas)
    action = done(db, bas, cast.town_hall)
    for wrong, field in (
        ({"counts_from": today() - timedelta(days=1)}, "counts_from"),
        ({"counts_from": today() + timedelta(days=400)}, "counts_from"),
        ({"location_id": cast.branch}, "location_id"),
        ({"hope": None}, "hope"),
    ):
        with pytest.raises(Invalid) as refused:
            measuring.measure(db, action, of_theme(db, cast, **wrong), by=bas)
        assert field in refused.value.fields
    with pytest.raises(Conflict):
        measuring.measure(
            db, raised(db, bas, story(db, cast.town_hall, cast.bas)), of_theme(db, cast), by=bas
        )
    with pytest.raises(Forbidden):
        measuring.measure(db, action, of_theme(db, cast), by=actor(cast.eva))


@pytest.mark.parametrize("choices", [[], ["true", "false"], ["maybe"]])
def test_not_no_answer_not_every_answer_and_not_an_unknown_one(db, cast, actor, choices):
    action, asked = done(db, actor(cast.bas), cast.town_hall), question(db, "first_time_right")
    with pytest.raises(Invalid):
        measuring.measure(
            db, action, draft(cast, f"question:{asked.id}", choices=choices), by=actor(cast.bas)
        )


def other_guide(db):
    """A guide with one open question: it lacks the others."""
    guide = Guide(slug="kort", name={"nl": "Kort"})
    db.add(guide)
    db.flush()
    base = db.exec(select(GuideVersion)).first().model_dump(exclude={"id", "created_at", "guide_id"})
    version = GuideVersion(**base, guide_id=guide.id)
    db.add(version)
    db.flush()
    db.add(
        Question(
            version_id=version.id, position=1, key="story", kind=QuestionKind.OPEN, text={"nl": "Vertel eens"}
        )
    )
    db.flush()
    return version


def test_the_next_safaris_there_ask_it_by_themselves(db, cast, actor):
    bas = actor(cast.bas)
    action, asked, short = done(db, bas, cast.town_hall), question(db, "first_time_right"), other_guide(db)
    offered = newest_for(db, bas)
    measuring.measure(db, action, draft(cast, f"question:{asked.id}", choices=["true"]), by=bas)
    go = {"location_id": cast.town_hall, "guide_version_id": short.id}
    first, second = (opening.open_safari(db, SafariDraft(**go), by=bas) for _ in range(2))
    assert first.guide_version_id == second.guide_version_id != short.id
    keys = [one.key for one in outline(db, first.guide_version_id).questions]
    assert keys == ["story", "first_time_right"]
    assert [one.id for _, one in newest_for(db, bas)] == [one.id for _, one in offered]
    whole = opening.open_safari(db, SafariDraft(**go | {"guide_version_id": asked.version_id}), by=bas)
    assert whole.guide_version_id == asked.version_id
    measuring.stop(db, action, by=bas)
    assert opening.open_safari(db, SafariDraft(**go), by=bas).guide_version_id == short.id


def test_a_safari_there_hears_what_to_listen_for(db, cast, actor):
    bas = actor(cast.bas)
    action = done(db, bas, cast.town_hall)
    measuring.measure(db, action, of_theme(db, cast), by=bas)
    assert outcomes.listen_for(db, cast.town_hall) == []
    talks(db, cast.town_hall, cast.bas, [1] * 9, days_ago=3)
    assert outcomes.listen_for(db, cast.town_hall) == [action.title]
    assert outcomes.listen_for(db, cast.branch) == []
