"""How a label was meant is a person's to say, and nothing that is read later overrules it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.errors import NotFound
from app.models.audit.table import AuditEntry
from app.models.field_note import decided, deciding, feeling, reading, retagging, tagging
from app.models.field_note.merging import merge
from app.models.field_note.schemas import Decision, Tone
from app.models.field_note.table import Tagging, TaggingState
from app.models.proposal.passages import passages
from app.models.tag.reading import Reading, Span, Suggestion
from app.models.tag.table import Tag
from tests.makers_note import STORY, interview, recorded, running_safari

SLUGS = ("wachttijd", "bejegening", "kosten")
MOODS = ("positive", "neutral", "negative")


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def note(db, cast, bas):
    return recorded(db, bas, interview(running_safari(db, cast.town_hall, cast.bas).id))


@pytest.fixture
def waiting(db, note) -> Tagging:
    return on(db, note)["wachttijd"]


def on(db, note) -> dict[str, Tagging]:
    rows = db.exec(select(Tag.slug, Tagging).join(Tagging).where(Tagging.note_id == note.id))
    return dict(rows.all())


def told(db, by, *decisions):
    sent = [Decision(tagging_id=one, verdict=verdict) for one, verdict in decisions]
    return [result.outcome for result in deciding.settle(db, sent, by=by)]


def moods(tagging) -> set[str]:
    return {span["sentiment"] for span in tagging.spans}


def test_what_bas_says_counts_everywhere_and_taking_it_back_finds_what_was_read(db, cast, bas, note, waiting):
    before = [dict(span) for span in waiting.spans]
    assert waiting.sentiment == "negative"
    feeling.say(db, note, waiting, Tone.POSITIVE, by=bas)
    assert (waiting.sentiment, moods(waiting), waiting.felt_by_id) == ("positive", {"positive"}, cast.bas)
    assert waiting.state == TaggingState.SUGGESTED
    assert {p.tone for p in passages(note, [waiting])} == {"positive"}
    [label] = [one for one in reading.story(db, bas, note).labels if one.tagging.id == waiting.id]
    assert label.felt_by == "Bas de Wit"
    feeling.say(db, note, waiting, Tone.NEUTRAL, by=bas)
    feeling.say(db, note, waiting, Tone.AS_READ, by=bas)
    assert (waiting.sentiment, waiting.felt_by_id, waiting.read_sentiment) == ("negative", None, None)
    assert waiting.spans == before


def test_said_twice_is_said_once_and_the_log_has_one_line(db, bas, note, waiting):
    for tone in ("positive", "as_read"):
        for _ in range(2):
            assert told(db, bas, (waiting.id, tone)) == ["done"]
    verbs = db.exec(select(AuditEntry.verb).where(AuditEntry.subject_id == note.id)).all()
    assert sorted(verb for verb in verbs if "felt" in verb) == ["tagging.felt", "tagging.felt_as_read"]


def test_what_carla_said_stays_when_a_phone_of_bas_comes_later(db, actor, cast, bas, note, waiting):
    told(db, actor(cast.carla), (waiting.id, "positive"))
    assert told(db, bas, (waiting.id, "negative"), (waiting.id, "as_read")) == ["decided", "decided"]
    assert waiting.sentiment == "positive"
    assert told(db, bas, (waiting.id, "accept")) == ["done"]
    assert told(db, actor(cast.dirk), (waiting.id, "negative")) == ["gone"]
    with pytest.raises(NotFound):
        feeling.say_of(db, note, "made-up", Tone.NEGATIVE, by=bas)


def test_a_theme_that_goes_into_another_takes_the_persons_word_along(db, bas, note, waiting):
    cost = db.exec(select(Tag).where(Tag.slug == "kosten")).one()
    db.add(Tagging(note_id=note.id, tag_id=cost.id, origin="lexicon", score=1.0))
    feeling.say(db, note, waiting, Tone.POSITIVE, by=bas)
    merge(db, db.get_one(Tag, waiting.tag_id), cost.id, by=bas)
    assert on(db, note)["kosten"].sentiment == "positive"


def test_an_accepted_label_teaches_what_was_said_of_it_and_tries_what_was_let_stand(db, bas, note, waiting):
    feeling.say(db, note, waiting, Tone.POSITIVE, by=bas)
    assert decided.last_decided_at(db) is None
    kind = on(db, note)["bejegening"]
    for one in (waiting, kind):
        tagging.decide(db, note, one.tag_id, TaggingState.ACCEPTED, by=bas)
    [found] = decided.decisions(db)
    assert {mood for _, mood in found.moods} == {"positive"}
    assert {place for place, _ in found.moods} == {(s["field"], s["start"], s["end"]) for s in waiting.spans}
    assert {mood for _, mood in found.left} == moods(kind)
    before = decided.last_decided_at(db)
    feeling.say(db, note, kind, Tone.NEGATIVE, by=bas)
    after = decided.last_decided_at(db)
    assert before
    assert after
    assert after > before


def read_as(found: dict[str, str]) -> Reading:
    """Any reading that a model of another day could give."""
    spans = {slug: Span("story", 0, len(STORY), mood) for slug, mood in found.items()}
    made = (Suggestion(slug, 0.6, (spans[slug],), mood, "learned", "") for slug, mood in found.items())
    return Reading(tuple(made), "neutral")


STEPS = st.one_of(
    st.tuples(st.sampled_from(SLUGS), st.sampled_from([*TaggingState, *Tone])),
    st.dictionaries(st.sampled_from(SLUGS), st.sampled_from(MOODS)).map(read_as),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=8))
def test_a_persons_word_survives_any_rerun(db, bas, note, steps):
    """The last thing that somebody said of a label stands, whatever was read before and after it."""
    with db.begin_nested() as attempt:
        states: dict[str, TaggingState] = {}
        tones: dict[str, Tone] = {}
        for step in [*steps, read_as({}), read_as(dict.fromkeys(SLUGS, "neutral"))]:
            if isinstance(step, Reading):
                retagging.renew(db, {note.id: retagging.Read(note.revision, step, "another")})
                db.flush()
            elif label := on(db, note).get(step[0]):
                slug, said = step
                if isinstance(said, Tone):
                    feeling.say(db, note, label, said, by=bas)
                    tones[slug] = said
                else:
                    tagging.decide(db, note, label.tag_id, said, by=bas)
                    states[slug] = said
            there = on(db, note)
            for slug, tone in tones.items():
                assert tone == Tone.AS_READ or there[slug].sentiment == tone
            for slug, state in states.items():
                assert state == TaggingState.SUGGESTED or there[slug].state == state
        attempt.rollback()
    db.expire_all()
