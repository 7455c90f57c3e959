"""What a customer answers through their own link is celebrated too, as long as they stand by it."""

import pytest

from app.models import erasing
from app.models.action.table import Evidence, Step
from app.models.board.celebrating import cheers
from app.models.consent.table import Consent, Purpose
from app.models.privacy import withdrawing
from app.models.promise import visiting
from app.models.promise.schemas import AnswerDraft
from app.models.promise.thanking import Thanks
from tests.makers_action import finished
from tests.makers_helping import talks, yardstick
from tests.makers_promise import linked, reachable

GLAD = "Fijn dat iemand belde."


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def note(db, cast):
    return reachable(db, cast.town_hall, cast.bas)


@pytest.fixture
def action(db, bas, note):
    return finished(db, bas, note)


def answer(db, note, bas, action, helped="yes", word=GLAD):
    visiting.answer(db, linked(db, note, bas), action.id, AnswerDraft(helped=helped, word=word))


def test_one_customer_whom_it_helped_makes_a_card_with_her_words(db, cast, actor, bas, note, action):
    assert cheers(db, bas) == []
    answer(db, note, bas, action)
    (card,) = cheers(db, bas)
    assert (card.action.id, card.told, card.thanks) == (action.id, None, Thanks(1, 0, [GLAD]))
    (seen,) = cheers(db, actor(cast.eva))
    assert (seen.thanks, seen.before) == (Thanks(1), None)
    assert cheers(db, actor(cast.dirk)) == cheers(db, actor(cast.anna)) == []


def test_her_words_stay_away_when_nobody_asked_her_for_them(db, bas, note, action):
    answer(db, note, bas, action)
    note.consent = ""
    db.flush()
    (card,) = cheers(db, bas)
    assert card.thanks == Thanks(1)


@pytest.mark.parametrize("how", ["all of it", "the link", "other answer", "not done after all"])
def test_what_she_takes_back_is_no_card_any_more(db, bas, note, action, how):
    answer(db, note, bas, action)
    match how:
        case "all of it":
            erasing.erase(db, note, by=None)
        case "the link":
            withdrawing.withdraw(db, note, Purpose.LINK, by=bas)
            assert db.get_one(Consent, (note.id, Purpose.LINK)).withdrawn_at
        case "other answer":
            answer(db, note, bas, action, helped="no")
        case "not done after all":
            action.step = Step.DOING
    db.flush()
    assert cheers(db, bas) == []


def test_who_was_not_helped_counts_too_and_so_do_the_talks(db, cast, bas, note, action):
    answer(db, note, bas, action)
    answer(db, other_customer(db, cast, action), bas, action, helped="no", word="")
    assert cheers(db, bas) == []
    answer(db, other_customer(db, cast, action), bas, action, word="")
    (card,) = cheers(db, bas)
    assert card.thanks == Thanks(2, 1, [GLAD])
    yardstick(db, action)
    talks(db, cast.town_hall, cast.bas, [0] * 19 + [1], days_ago=40)
    talks(db, cast.town_hall, cast.bas, [1] * 16, days_ago=20)
    assert cheers(db, bas) == []


def other_customer(db, cast, action):
    """The action rests on her story too."""
    note = reachable(db, cast.town_hall, cast.bas)
    db.add(Evidence(action_id=action.id, note_id=note.id, field="story", quote=""))
    db.flush()
    return note
