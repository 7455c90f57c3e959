import pytest
from sqlmodel import select

from app.clock import now
from app.errors import Conflict, Forbidden, Invalid
from app.models.audit.table import AuditEntry
from app.models.rule import history, meeting, queries
from app.models.rule.counting import Toll, tolls
from app.models.rule.forgetting import forget
from app.models.rule.schemas import MeetingDraft, NamedRule, RuleDraft
from app.models.rule.table import RoomTold, Rule, RuleNote
from tests.makers_action import story
from tests.makers_rule import FEE, PICK, met, named, pick_of


def toll(db, rule):
    return tolls(db, [rule.id])[rule.id]


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


def heard(db, cast, text=FEE, **fields):
    return story(db, cast.town_hall, cast.bas, text, **fields)


def test_bas_names_a_rule_from_a_story_and_its_sentence_is_kept_with_the_words_marked(db, cast, bas):
    note = heard(db, cast)
    told = {"title": "35 euro voor hulp", "kind": "fee", "minutes": 10, "euros": "35", "room": "lacking"}
    draft = NamedRule.model_validate(told | {"quote": PICK})
    rule = meeting.meet_by_name(db, note, draft, by=bas)
    (one,) = queries.met_by(db, rule.id)
    assert one.link.quote == "Daar moet ik 35 euro voor rekenen, zei ze."
    assert one.link.quote[one.link.mark_start : one.link.mark_end] == "moet ik 35 euro voor rekenen"
    assert (one.link.minutes, one.link.cents, one.link.room) == (10, 3_500, RoomTold.LACKING)
    assert (rule.location_id, rule.created_by_id) == (cast.town_hall, cast.bas)


def test_sums_say_for_how_many_they_are_known_and_are_no_averages(db, cast, bas):
    rule = named(db, bas, cast.town_hall)
    met(db, bas, rule, heard(db, cast), minutes=15, euros="35", room="lacking")
    met(db, bas, rule, heard(db, cast), minutes=10, room="used")
    met(db, bas, rule, heard(db, cast), euros="12,50", room="lacking")
    assert toll(db, rule) == Toll(
        customers=3, minutes=25, minutes_known=2, cents=4_750, cents_known=2, used=1, lacking=2
    )


def test_nothing_lost_is_something_else_than_nothing_told(db, cast, bas):
    rule = named(db, bas, cast.town_hall)
    met(db, bas, rule, heard(db, cast), minutes=0)
    met(db, bas, rule, heard(db, cast))
    assert (toll(db, rule).minutes, toll(db, rule).minutes_known) == (0, 1)


def test_the_same_draft_twice_makes_one_rule_with_one_customer(db, cast, bas):
    note, draft = heard(db, cast), NamedRule(title="Een tarief", quote=PICK)
    first = meeting.meet_by_name(db, note, draft, by=bas)
    assert meeting.meet_by_name(db, note, draft, by=bas).id == first.id
    assert len(db.exec(select(Rule)).all()) == len(db.exec(select(RuleNote)).all()) == 1
    verbs = db.exec(select(AuditEntry.verb).where(AuditEntry.subject_id == first.id)).all()
    assert sorted(verbs) == ["rule.named", "rule.note_added"]


def test_told_again_the_last_telling_stands_and_the_customer_counts_once(db, cast, bas):
    rule, note = named(db, bas, cast.town_hall), heard(db, cast)
    met(db, bas, rule, note, minutes=10)
    met(db, bas, rule, note, pick_of(FEE, 2), minutes=12)
    (one,) = queries.met_by(db, rule.id)
    assert (one.link.quote, one.link.minutes) == ("Dat duurde tien minuten.", 12)
    assert toll(db, rule).customers == 1


def test_an_existing_rule_of_the_same_place_takes_another_customer(db, cast, bas):
    rule = named(db, bas, cast.town_hall)
    for _ in range(2):
        meeting.meet_by_name(db, heard(db, cast), NamedRule(rule_id=rule.id, quote=PICK), by=bas)
    assert toll(db, rule).customers == 2
    assert history.history(db, rule)[-1].times == 2


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({}, "quote", "rule.quote_missing"),
        ({"quote": "story:0-9999"}, "quote", "action.quote_unknown"),
        ({"quote": PICK, "title": None}, "title", "field.missing"),
        ({"quote": PICK, "rule_id": "elsewhere"}, "rule_id", "field.unknown_choice"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_made(
    db, cast, actor, bas, fields, field, code
):
    if fields.get("rule_id"):
        fields = fields | {"rule_id": named(db, actor(cast.dirk), cast.branch).id}
    before = len(db.exec(select(Rule)).all())
    with pytest.raises(Invalid) as wrong:
        meeting.meet_by_name(db, heard(db, cast), NamedRule(**({"title": "Een tarief"} | fields)), by=bas)
    assert wrong.value.fields[field][0] == code
    assert len(db.exec(select(Rule)).all()) == before


def test_a_story_without_words_can_still_meet_a_rule(db, cast, bas):
    rule = named(db, bas, cast.town_hall)
    met(db, bas, rule, heard(db, cast, ""), None)
    assert toll(db, rule).customers == 1


def test_a_customer_who_would_rather_not_meets_nothing(db, cast, bas):
    with pytest.raises(Invalid):
        met(db, bas, named(db, bas, cast.town_hall), heard(db, cast, "", declined=True), None)


def test_a_story_of_another_place_does_not_belong_here(db, cast, bas):
    with pytest.raises(Invalid):
        met(db, bas, named(db, bas, cast.town_hall), story(db, cast.branch, cast.dirk, FEE))


def test_dirk_and_eva_cannot_name_a_rule_at_the_town_hall(db, cast, actor):
    note = heard(db, cast)
    for stranger in (cast.dirk, cast.eva):
        with pytest.raises(Forbidden):
            meeting.meet_by_name(db, note, NamedRule(title="Een tarief", quote=PICK), by=actor(stranger))
        with pytest.raises(Invalid):
            named(db, actor(stranger), cast.town_hall)


def test_an_id_that_somebody_else_used_is_refused(db, cast, actor, bas):
    rule = named(db, bas, cast.town_hall)
    with pytest.raises(Conflict):
        named(db, actor(cast.carla), cast.town_hall, id=rule.id)


def test_a_customer_who_met_another_rule_after_all_is_taken_off(db, cast, bas):
    rule, note = named(db, bas, cast.town_hall), heard(db, cast)
    met(db, bas, rule, note)
    for _ in range(2):
        meeting.part(db, rule, note.id, by=bas)
    assert toll(db, rule) == Toll()
    assert [event.verb for event in history.history(db, rule)].count("rule.note_removed") == 1


def test_forgetting_a_note_takes_its_words_out_of_every_rule_and_the_counts_are_right(db, cast, bas):
    rules = [named(db, bas, cast.town_hall, title) for title in ("Een tarief", "Een script")]
    gone, stays = heard(db, cast), heard(db, cast)
    for rule in rules:
        met(db, bas, rule, gone, minutes=10, euros="35")
        met(db, bas, rule, stays, minutes=5)
    assert forget(db, gone.id) == 2
    assert forget(db, gone.id) == 0
    for rule in rules:
        assert toll(db, rule) == Toll(customers=1, minutes=5, minutes_known=1)
        assert [one.link.note_id for one in queries.met_by(db, rule.id)] == [stays.id]


def test_a_note_that_is_marked_erased_counts_nowhere_even_before_it_is_forgotten(db, cast, bas):
    rule, note = named(db, bas, cast.town_hall), heard(db, cast)
    met(db, bas, rule, note, minutes=10)
    note.erased_at = now()
    db.flush()
    assert (toll(db, rule), queries.met_by(db, rule.id)) == (Toll(), [])


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("35", 3_500), ("12,50", 1_250), ("€ 1.250,00", 125_000), ("35,-", 3_500), ("12.5", 1_250), ("0", 0)],
)
def test_euros_are_read_as_people_type_them(typed, cents):
    assert MeetingDraft(euros=typed).cents == cents


@pytest.mark.parametrize("typed", ["veel", "-3", "12,505", "1e3", "35 of 40", "999999"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError):
        MeetingDraft(euros=typed)


def test_a_rule_needs_a_name():
    with pytest.raises(ValueError):
        RuleDraft(location_id="x", title="  ")
