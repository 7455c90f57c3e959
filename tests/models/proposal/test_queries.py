from datetime import timedelta

import pytest
from sqlmodel import select

from app.clock import now
from app.errors import NotFound
from app.models.action.table import Step
from app.models.field_note.table import Tagging, TaggingState
from app.models.proposal import adjusting, deciding, queries, supporting
from app.models.proposal.schemas import ProposalRules
from app.models.tag.table import Tag
from tests.counting import counted_queries
from tests.makers_action import raised
from tests.makers_proposal import FEE, OTHERWISE, key_of, said, the_fee


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


def test_three_customers_who_name_one_fee_are_one_proposal(db, cast, bas):
    notes = the_fee(db, cast.town_hall, cast.bas)
    (offer,) = queries.offers(db, bas).open
    assert [quote.note_id for quote in offer.group.quotes] == [note.id for note in notes]
    assert (offer.title, offer.kind, offer.group.days) == (
        "Kosten en tarieven: € 35, overboeking",
        "clear",
        7,
    )
    assert offer.key == key_of(notes[0])
    assert (offer.near, offer.refused) == ([], None)


def test_the_address_stays_when_more_customers_join(db, cast, bas):
    notes = the_fee(db, cast.town_hall, cast.bas)
    said(db, cast.town_hall, cast.bas, "Een overboeking voor € 35!", days_ago=40)
    assert len(queries.get(db, bas, key_of(notes[0])).group.quotes) == 4


def test_two_are_not_enough_unless_the_organisation_says_so(db, cast, bas):
    for text in FEE[:2]:
        said(db, cast.town_hall, cast.bas, text)
    assert queries.offers(db, bas).open == []
    adjusting.adjust(db, ProposalRules(customers=2, days=60), by=bas)
    assert len(queries.offers(db, bas).open) == 1


def test_what_was_said_before_the_window_is_left_out(db, cast, bas):
    the_fee(db, cast.town_hall, cast.bas)
    adjusting.adjust(db, ProposalRules(customers=3, days=10), by=bas)
    assert queries.offers(db, bas).open == []


@pytest.mark.parametrize("how", ["erased", "declined", "rejected label", "theme switched off"])
def test_who_does_not_count(db, cast, bas, how):
    note = the_fee(db, cast.town_hall, cast.bas)[1]
    label = db.exec(select(Tagging).where(Tagging.note_id == note.id)).one()
    if how == "erased":
        note.erased_at = now()
    elif how == "declined":
        note.declined = True
    elif how == "rejected label":
        label.state = TaggingState.REJECTED
    else:
        db.get_one(Tag, label.tag_id).active = False
    db.flush()
    assert queries.offers(db, bas).open == []


def test_a_label_that_a_person_added_without_words_counts_for_every_sentence(db, cast, bas):
    note = the_fee(db, cast.town_hall, cast.bas)[0]
    label = db.exec(select(Tagging).where(Tagging.note_id == note.id)).one()
    label.spans, label.sentiment = [], "negative"
    db.flush()
    (offer,) = queries.offers(db, bas).open
    assert (offer.group.quotes[0].mark_start, offer.group.quotes[0].mark_end) == (0, 0)


def test_customers_of_two_places_are_not_counted_together(db, cast, bas, actor):
    for text in FEE[:2]:
        said(db, cast.town_hall, cast.bas, text)
    said(db, cast.branch, cast.dirk, FEE[2])
    assert queries.offers(db, bas).open == queries.offers(db, actor(cast.dirk)).open == []


def test_dirk_and_eva_find_nothing_at_the_town_hall(db, cast, actor):
    notes = the_fee(db, cast.town_hall, cast.bas)
    for who in (cast.dirk, cast.eva, cast.anna):
        assert queries.offers(db, actor(who)).open == []
        with pytest.raises(NotFound):
            queries.get(db, actor(who), key_of(notes[0]))


@pytest.mark.parametrize("key", ["", "onzin", "a.b", "..", "x.story.-1", "x.story.²", "x.story.99999999999"])
def test_an_address_that_is_none_is_not_there(db, bas, key):
    with pytest.raises(NotFound):
        queries.get(db, bas, key)


def test_words_that_an_action_rests_on_are_not_proposed_again(db, cast, bas):
    notes = the_fee(db, cast.town_hall, cast.bas)
    raised(db, bas, notes[0], title="Haal de € 35 weg", quotes=[f"story:0-{len(FEE[0])}"])
    found = queries.offers(db, bas)
    assert found.open == []
    assert {more.passage.note_id for more in found.more} == {notes[1].id, notes[2].id}


def test_a_proposal_that_an_action_is_about_already_names_it(db, cast, bas):
    first = said(db, cast.town_hall, cast.bas, "Een overboeking kost € 35.", days_ago=20)
    action = raised(db, bas, first, title="Overboeking zonder € 35", quotes=["story:0-26"])
    the_fee(db, cast.town_hall, cast.bas)
    (offer,) = queries.offers(db, bas).open
    assert [near.subject.id for near in offer.near] == [action.id]


def test_a_fourth_customer_is_offered_to_the_action(db, cast, bas, actor):
    first = said(db, cast.town_hall, cast.bas, FEE[0], days_ago=20)
    action = raised(db, bas, first, title="Overboeking zonder € 35", quotes=[f"story:0-{len(FEE[0])}"])
    fourth = said(db, cast.town_hall, cast.bas, OTHERWISE)
    place = queries.offers(db, bas).more[0].place
    (more,) = supporting.more_for(db, bas, action, place)
    assert more.passage.note_id == fourth.id
    assert supporting.more_for(db, actor(cast.eva), action, place) == []
    action.step = Step.DONE
    db.flush()
    assert supporting.more_for(db, bas, action, place) == []


def test_it_asks_as_often_for_sixty_notes_as_for_three(db, cast, bas):
    asked = []
    for days in (1, 2):
        for _ in range(days * 10):
            the_fee(db, cast.town_hall, cast.bas)
        with counted_queries() as sent:
            queries.offers(db, bas)
        asked.append(len(sent))
    assert asked[0] == asked[1] <= 12


def test_it_says_when_there_is_more_than_it_reads(db, cast, bas, monkeypatch):
    the_fee(db, cast.town_hall, cast.bas)
    assert queries.offers(db, bas).whole
    monkeypatch.setattr("app.models.proposal.gathering.MOST_NOTES", 2)
    found = queries.offers(db, bas)
    assert (found.whole, found.open) == (False, [])


def test_today_is_within_the_window(db, cast, bas):
    for text in FEE:
        said(db, cast.town_hall, cast.bas, text, days_ago=0)
    (offer,) = queries.offers(db, bas).open
    assert offer.group.days == 1
    assert offer.group.quotes[-1].held_at > now() - timedelta(hours=1)


def test_what_does_not_fit_is_not_offered_again_and_still_counts_for_a_proposal(db, cast, bas):
    first = said(db, cast.town_hall, cast.bas, FEE[0], days_ago=20)
    action = raised(db, bas, first, title="Overboeking zonder € 35", quotes=[f"story:0-{len(FEE[0])}"])
    fourth = said(db, cast.town_hall, cast.bas, FEE[1])
    assert len(queries.offers(db, bas).more) == 1
    for _ in range(2):
        deciding.exclude(db, key_of(fourth), action.id, by=bas)
    assert queries.offers(db, bas).more == []
    for text in (FEE[2], "Een overboeking voor € 35!"):
        said(db, cast.town_hall, cast.bas, text)
    (offer,) = queries.offers(db, bas).open
    assert (len(offer.group.quotes), offer.refused) == (3, None)
