"""A customer's own link: what is behind it, what they say back, and that all of it can go."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import now
from app.errors import Forbidden, NotFound
from app.models import erasing
from app.models.action.table import Step
from app.models.board import harvest
from app.models.field_note.table import Contact, Tombstone
from app.models.promise import linking, publishing, replying, telling, visiting
from app.models.promise.schemas import AnswerDraft, ReplyDraft
from app.models.promise.table import CustomerAnswer, CustomerLink, Promise, PublicPlace, Reply, Telling
from tests.makers_action import finished
from tests.makers_promise import linked, promised, reachable


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def note(db, cast):
    return reachable(db, cast.town_hall, cast.bas)


@pytest.fixture
def action(db, bas, note):
    return finished(db, bas, note)


def test_only_a_hash_of_the_link_is_kept_and_a_new_one_ends_the_old(db, bas, note):
    first, second = linked(db, note, bas), linked(db, note, bas)
    assert first not in {link.token_hash for link in db.exec(select(CustomerLink))}
    assert visiting.by_token(db, second) is note
    with pytest.raises(NotFound):
        visiting.by_token(db, first)


@pytest.mark.parametrize("how", ["guessed", "expired", "revoked", "erased"])
def test_every_link_that_does_not_work_gives_the_same_answer(db, bas, note, how):
    token = linked(db, note, bas)
    match how:
        case "guessed":
            token = token[:-1] + "!"
        case "expired":
            db.exec(select(CustomerLink)).one().expires_at = now() - timedelta(seconds=1)
        case "revoked":
            linking.revoke(db, note, by=bas)
        case "erased":
            note.erased_at = now()
    db.flush()
    with pytest.raises(NotFound) as gone:
        visiting.visit(db, token)
    assert gone.value.code == "link.gone"


def test_who_only_reads_along_makes_no_link(db, actor, cast, note):
    with pytest.raises(Forbidden):
        linked(db, note, actor(cast.eva))


def test_the_last_answer_counts_and_reaches_the_action(db, bas, note, action):
    token = linked(db, note, bas)
    for helped in ("yes", "no", "no"):
        visiting.answer(db, token, action.id, AnswerDraft(helped=helped, word="NL91ABNA0417164300"))
    visiting.answer(db, token, None, AnswerDraft(word="Dank."))
    (customer,) = telling.customers(db, action.id)
    assert (customer.helped, customer.word, customer.told) == (False, "[IBAN]", True)
    assert [deed.how_far for deed in visiting.visit(db, token).deeds] == ["done"]
    action.step = Step.DOING
    db.flush()
    with pytest.raises(NotFound):
        visiting.answer(db, token, action.id, AnswerDraft(helped="yes"))


def test_a_customer_who_can_be_told_is_counted_until_they_are(db, bas, note, action):
    assert telling.still_to_tell(db, [action.id]) == {action.id: 1}
    for _ in range(2):
        telling.tell(db, action, note.id, by=bas)
    assert telling.still_to_tell(db, [action.id]) == {}


def test_all_of_it_goes_at_once_and_the_counts_stay_right(db, bas, cast, note, action):
    token = linked(db, note, bas)
    promised(db, note, bas, action_id=None)
    visiting.answer(db, token, action.id, AnswerDraft(helped="yes", word="Fijn."))
    telling.tell(db, action, note.id, by=bas)
    (quote,) = replying.quotable(db, action.id)
    publish = ReplyDraft(text="U krijgt iemand te spreken.", evidence_id=quote.id, publish=True)
    replying.reply(db, action, publish, by=bas)
    safari = note.safari_id
    assert harvest.tally(db, safari).talks == 1
    for _ in range(2):
        erasing.erase(db, note, by=None, reason="customer.withdrew")
    for table in (CustomerLink, CustomerAnswer, Telling, Promise, Contact):
        assert db.exec(select(table)).all() == []
    db.expire_all()
    assert db.exec(select(Reply.evidence_id)).one() is None
    tombstone = db.exec(select(Tombstone)).one()
    assert (tombstone.by_id, tombstone.reason) == (None, "customer.withdrew")
    assert (harvest.tally(db, safari).talks, telling.customers(db, action.id)) == (0, [])
    (pair,) = publishing.public_page(db, _slug(db)).pairs
    assert (pair.said, pair.text) == ("", "U krijgt iemand te spreken.")


def _slug(db) -> str:
    return db.exec(select(PublicPlace.slug)).one()
