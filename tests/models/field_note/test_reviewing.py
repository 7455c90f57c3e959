import pytest
from sqlmodel import select

from app.models.field_note import deciding, reviewing
from app.models.field_note.filter import FieldNoteFilter
from app.models.field_note.schemas import Decision
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from tests.makers_safari import note, safari, suggestion

ALL = FieldNoteFilter()
STORY = "Goedemorgen. Ik moest een half uur wachten! Daarna ging het goed."


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


def suggested(db, outing=None, **changes):
    said = note(db, outing or safari(db), answers={"story": {"value": STORY, "literal": True}})
    spans = [{"field": "story", "start": 13, "end": 42, "sentiment": "negative"}]
    return suggestion(db, said, **{"spans": spans} | changes)


def decided(db, by, *told):
    decisions = [Decision(tagging_id=one, verdict=verdict, tag_id=tag) for one, verdict, tag in told]
    return [result.outcome for result in deciding.settle(db, decisions, by=by)]


def state(db, tagging_id):
    return db.exec(select(Tagging.state).where(Tagging.id == tagging_id)).first()


def test_the_least_certain_comes_first(db, bas):
    for score in (0.9, 0.51, 0.7, 0.48, 0.6):
        suggested(db, score=score)
    assert [i.tagging.score for i in reviewing.items(db, bas, ALL)] == [0.51, 0.48, 0.6, 0.7, 0.9]


def test_skipping_goes_on_behind_what_was_skipped_also_among_equals(db, bas):
    for _ in range(5):
        suggested(db, score=0.6)
    seen, past = [], ""
    while found := reviewing.items(db, bas, ALL, past=past, limit=2):
        seen += [item.tagging.id for item in found]
        past = seen[-1]
    assert len(seen) == len(set(seen)) == 5


def test_the_sentence_is_shown_with_its_words_lit(db, bas):
    suggested(db)
    [item] = reviewing.items(db, bas, ALL)
    assert "".join(piece.text for piece in item.line.pieces) == "Ik moest een half uur wachten!"
    assert (
        [piece.text for piece in item.line.pieces if piece.tags]
        == item.quotes
        == ["Ik moest een half uur wachten"]
    )
    assert item.line.literal


def test_a_text_without_an_end_is_cut_around_its_words(db, bas):
    said = note(db, safari(db), answers={"story": {"value": "woord " * 500, "literal": False}})
    suggestion(db, said, spans=[{"field": "story", "start": 1500, "end": 1505, "sentiment": "neutral"}])
    [item] = reviewing.items(db, bas, ALL)
    shown = "".join(piece.text for piece in item.line.pieces)
    assert len(shown) <= reviewing.LONGEST
    assert item.quotes == ["woord"]


def test_only_what_is_the_actors_to_decide_and_not_decided_yet(db, actor, cast):
    mine, theirs = suggested(db), suggested(db, safari(db, location_id=cast.branch, leader_id=cast.dirk))
    suggested(db, state=TaggingState.ACCEPTED)
    seen = {cast.bas: [mine.id], cast.carla: [mine.id], cast.dirk: [theirs.id], cast.eva: [], cast.anna: []}
    for who, expected in seen.items():
        found = reviewing.items(db, actor(who), ALL)
        assert [item.tagging.id for item in found] == expected
        assert reviewing.count(db, actor(who)) == len(expected)


def test_a_theme_that_is_off_is_not_asked_about(db, bas):
    tagging = suggested(db)
    db.get_one(Tag, tagging.tag_id).active = False
    assert reviewing.count(db, bas) == 0


def test_it_is_narrowed_by_place_and_theme(db, bas, cast):
    kosten = db.exec(select(Tag).where(Tag.slug == "kosten")).one()
    suggested(db)
    wanted = suggested(db, tag_id=kosten.id)
    only = FieldNoteFilter(tag="kosten", location=cast.town_hall)
    assert [item.tagging.id for item in reviewing.items(db, bas, only)] == [wanted.id]
    assert reviewing.count(db, bas, FieldNoteFilter(location=cast.branch)) == 0


def test_decisions_are_carried_out_in_order_and_twice_is_once(db, bas):
    one, two = suggested(db).id, suggested(db).id
    sent = [(one, "accept", None), (two, "reject", None), (one, "undo", None), (one, "reject", None)]
    for _ in range(2):
        assert decided(db, bas, *sent) == ["done"] * 4
        assert (state(db, one), state(db, two)) == (TaggingState.REJECTED, TaggingState.REJECTED)


def test_another_label_comes_instead_and_goes_again_when_it_is_taken_back(db, bas):
    tagging = suggested(db)
    kosten = db.exec(select(Tag.id).where(Tag.slug == "kosten")).one()
    on_note = select(Tagging).where(Tagging.note_id == tagging.note_id, Tagging.tag_id == kosten)
    for _ in range(2):
        assert decided(db, bas, (tagging.id, "other", kosten)) == ["done"]
    assert state(db, tagging.id) == TaggingState.REJECTED
    added = db.exec(on_note).one()
    assert (added.state, added.origin) == (TaggingState.ACCEPTED, "person")
    for _ in range(2):
        assert decided(db, bas, (tagging.id, "undo", None)) == ["done"]
    assert state(db, tagging.id) == TaggingState.SUGGESTED
    assert db.exec(on_note).first() is None


def test_what_had_been_accepted_before_stays_when_the_choice_is_taken_back(db, bas):
    tagging = suggested(db)
    kosten = db.exec(select(Tag.id).where(Tag.slug == "kosten")).one()
    known = Tagging(note_id=tagging.note_id, tag_id=kosten, origin="lexicon")
    db.add(known)
    db.flush()
    decided(db, bas, (known.id, "accept", None), (tagging.id, "other", kosten), (tagging.id, "undo", None))
    assert (state(db, known.id), state(db, tagging.id)) == (TaggingState.ACCEPTED, TaggingState.SUGGESTED)


def test_choosing_the_same_label_again_is_a_yes(db, bas):
    tagging = suggested(db)
    assert decided(db, bas, (tagging.id, "other", tagging.tag_id)) == ["done"]
    assert state(db, tagging.id) == TaggingState.ACCEPTED


def test_what_no_longer_fits_is_answered_and_holds_up_nothing(db, actor, bas, cast):
    carlas, elsewhere = suggested(db), suggested(db, safari(db, location_id=cast.branch, leader_id=cast.dirk))
    mine, off = suggested(db), suggested(db)
    decided(db, actor(cast.carla), (carlas.id, "reject", None))
    sent = [
        ("weg", "accept", None),
        (carlas.id, "accept", None),
        (carlas.id, "undo", None),
        (elsewhere.id, "accept", None),
        (off.id, "other", "weg"),
        (off.id, "other", None),
        (mine.id, "accept", None),
    ]
    assert decided(db, bas, *sent) == [
        "gone",
        "decided",
        "decided",
        "gone",
        "unknown_tag",
        "unknown_tag",
        "done",
    ]
    assert state(db, carlas.id) == TaggingState.REJECTED
    assert state(db, elsewhere.id) == state(db, off.id) == TaggingState.SUGGESTED
