import pytest
from sqlmodel import select

from app.clock import new_id, now
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.action.table import Evidence, ImprovementAction
from app.models.audit.table import AuditEntry
from app.models.proposal import deciding, queries
from app.models.proposal.forgetting import forget
from app.models.proposal.schemas import AcceptanceDraft, MergerDraft
from app.models.proposal.table import Proposal, ProposalSentence
from tests.makers_action import raised
from tests.makers_proposal import FEE, key_of, pick_of, said, the_fee

FOURTH = "Een overboeking voor € 35!"


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def notes(db, cast):
    return the_fee(db, cast.town_hall, cast.bas)


def draft(notes, **fields):
    wanted = {"title": "Help zonder € 35", "kind": "clear", "quotes": [pick_of(note) for note in notes]}
    return AcceptanceDraft.model_validate(wanted | fields)


def verbs(db):
    return [entry.verb for entry in db.exec(select(AuditEntry).order_by(AuditEntry.id))]


def test_one_action_rests_on_all_three_and_twice_is_once(db, bas, notes):
    sent = draft(notes)
    first, again = (deciding.accept(db, key_of(notes[0]), sent, by=bas) for _ in range(2))
    assert first.id == again.id
    quotes = db.exec(select(Evidence).where(Evidence.action_id == first.id)).all()
    assert sorted(quote.quote for quote in quotes) == sorted(FEE)
    assert all(quote.mark_end > quote.mark_start for quote in quotes)
    assert queries.offers(db, bas).open == []
    assert verbs(db).count("proposal.accepted") == 1


def test_a_sentence_that_was_left_out_does_not_come_back(db, bas, notes):
    deciding.accept(db, key_of(notes[0]), draft(notes[:2]), by=bas)
    found = queries.offers(db, bas)
    assert (found.open, found.more) == ([], [])


def test_who_is_second_hears_so(db, bas, actor, cast, notes):
    deciding.accept(db, key_of(notes[0]), draft(notes), by=bas)
    with pytest.raises(Conflict):
        deciding.accept(db, key_of(notes[0]), draft(notes), by=actor(cast.carla))
    assert len(db.exec(select(ImprovementAction)).all()) == 1


def test_another_ones_id_is_taken(db, bas, actor, cast, notes):
    sent = draft(notes)
    deciding.accept(db, key_of(notes[0]), sent, by=bas)
    with pytest.raises(Conflict, match="id_taken"):
        deciding.accept(db, key_of(notes[0]), sent, by=actor(cast.carla))


def test_it_needs_a_sentence_and_only_its_own(db, bas, cast, notes):
    other = said(db, cast.town_hall, cast.bas, "Het parkeren is duur.")
    for quotes in ([], [pick_of(other)]):
        with pytest.raises(Invalid):
            deciding.accept(db, key_of(notes[0]), draft(notes, quotes=quotes), by=bas)


def test_dirk_cannot_decide_here(db, actor, cast, notes):
    for verb in (
        lambda by: deciding.accept(db, key_of(notes[0]), draft(notes), by=by),
        lambda by: deciding.refuse(db, key_of(notes[0]), "Nee", by=by),
        lambda by: deciding.reconsider(db, key_of(notes[0]), by=by),
    ):
        with pytest.raises((NotFound, Forbidden)):
            verb(actor(cast.dirk))


def test_merging_adds_the_quotes_to_an_action_once(db, bas, cast, notes):
    first = said(db, cast.town_hall, cast.bas, "De balie rekent € 35.", days_ago=20)
    action = raised(db, bas, first, quotes=["story:0-21"])
    for _ in range(2):
        deciding.merge(db, key_of(notes[0]), MergerDraft(action_id=action.id), by=bas)
    quotes = db.exec(select(Evidence.note_id).where(Evidence.action_id == action.id)).all()
    assert sorted(quotes) == sorted([first.id, *(note.id for note in notes)])
    assert queries.offers(db, bas).open == []


def test_an_action_of_another_place_takes_nothing(db, bas, actor, cast, notes):
    dirk = actor(cast.dirk)
    elsewhere = raised(db, dirk, said(db, cast.branch, cast.dirk, FEE[0]), quotes=["story:0-10"])
    with pytest.raises(NotFound):
        deciding.merge(db, key_of(notes[0]), MergerDraft(action_id=elsewhere.id), by=bas)


def test_not_now_hides_it_until_somebody_new_says_it(db, bas, cast, notes):
    for _ in range(2):
        deciding.refuse(db, key_of(notes[0]), "Het tarief ligt bij de raad.", by=bas)
    found = queries.offers(db, bas)
    assert found.open == []
    assert [offer.refused.reason for offer in found.waiting if offer.refused] == [
        "Het tarief ligt bij de raad."
    ]
    assert verbs(db).count("proposal.not_now") == 1
    said(db, cast.town_hall, cast.bas, FOURTH)
    (offer,) = queries.offers(db, bas).open
    assert (offer.fresh, len(offer.group.quotes)) == (1, 4)


def test_not_now_can_be_taken_back(db, bas, notes):
    deciding.refuse(db, key_of(notes[0]), "Later.", by=bas)
    for _ in range(2):
        deciding.reconsider(db, key_of(notes[0]), by=bas)
    (offer,) = queries.offers(db, bas).open
    assert offer.refused is None
    assert db.exec(select(Proposal)).all() == []


def test_refused_first_and_accepted_later(db, bas, cast, notes):
    deciding.refuse(db, key_of(notes[0]), "Later.", by=bas)
    deciding.accept(db, key_of(notes[0]), draft(notes), by=bas)
    assert [one.state for one in db.exec(select(Proposal))] == ["accepted"]
    assert queries.offers(db, bas).waiting == []


def test_a_decision_keeps_no_words_of_customers(db, bas, notes):
    deciding.refuse(db, key_of(notes[0]), "Later.", by=bas)
    kept = [str(row.model_dump()) for table in (Proposal, ProposalSentence) for row in db.exec(select(table))]
    assert len(kept) == 4
    assert not [row for row in kept if "overboeking" in row]


def test_an_erased_note_leaves_nothing_behind(db, bas, cast, notes):
    deciding.refuse(db, key_of(notes[0]), "Later.", by=bas)
    notes[0].erased_at = now()
    forget(db, notes[0].id)
    left = db.exec(select(ProposalSentence.note_id)).all()
    assert sorted(left) == sorted(note.id for note in notes[1:])
    for note in notes[1:]:
        forget(db, note.id)
    assert db.exec(select(ProposalSentence)).all() == db.exec(select(Proposal)).all() == []
    forget(db, new_id())
