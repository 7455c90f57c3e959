"""The page that everybody may read: chosen by a manager, with words of who agreed, and of nobody who can be found."""

import pytest

from app.errors import Forbidden, Invalid
from app.models.action.table import Step
from app.models.promise import publishing, replying
from app.models.promise.schemas import ReplyDraft
from tests.makers_action import raised, story

TEXT = "U krijgt iemand te spreken."


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


def agreed(db, cast, **fields):
    return story(db, cast.town_hall, cast.bas, **({"consent": "aan-de-balie-1"} | fields))


def finished(db, by, note):
    action = raised(db, by, note)
    action.step = Step.DONE
    db.flush()
    return action


def publish(db, action, by, version=0, **fields):
    return replying.reply(db, action, ReplyDraft(text=TEXT, publish=True, version=version, **fields), by=by)


def test_few_talks_carry_no_place_and_more_do(db, cast, bas):
    publish(db, finished(db, bas, agreed(db, cast)), bas)
    slug = publishing.open_page_at(db, cast.town_hall, by=bas).slug
    assert publishing.public_page(db, slug).place is None
    assert "stad" not in slug
    for _ in range(publishing.FEWEST - 1):
        agreed(db, cast)
    place = publishing.public_page(db, slug).place
    assert place is not None
    assert place.name == "Stadskantoor"


def test_nobody_is_quoted_who_did_not_agree(db, cast, bas):
    action = finished(db, bas, agreed(db, cast, consent=""))
    assert replying.quotable(db, action.id) == []


def test_only_what_is_finished_is_published_by_a_manager_and_taken_off_again(db, cast, bas, actor):
    action = finished(db, bas, agreed(db, cast))
    with pytest.raises(Forbidden):
        publish(db, action, actor(cast.carla))
    (quote,) = replying.quotable(db, action.id)
    for _ in range(2):
        publish(db, action, bas, evidence_id=quote.id)
    slug = publishing.open_page_at(db, cast.town_hall, by=bas).slug
    (pair,) = publishing.public_page(db, slug).pairs
    assert (pair.said, pair.text, pair.cannot) == (quote.quote, TEXT, False)
    with pytest.raises(Forbidden):
        replying.reply(db, action, ReplyDraft(text="Iets anders.", version=1), by=actor(cast.carla))
    replying.reply(db, action, ReplyDraft(text=TEXT, version=1), by=bas)
    assert publishing.public_page(db, slug).pairs == []
    action.step = Step.DOING
    db.flush()
    with pytest.raises(Invalid):
        publish(db, action, bas, version=2)
