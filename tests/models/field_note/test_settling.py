import pytest

from app import errors
from app.models.field_note import contacting, editing, recording, revising, settling
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import FieldNote
from tests.makers_note import interview, observation, recorded, running_safari

FIRST, SECOND = "Ik wachtte lang.", "Ik moest drie keer terugkomen."


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.carla)


def draft_of(safari, story, **answers):
    fields = {name: answers.pop(name) for name in ("call_back",) if name in answers}
    return interview(safari.id, answers={"story": {"value": story, "literal": True}} | answers, **fields)


def twice(db, by, first, second):
    """A note, and what came in under its id with other bytes."""
    note, draft = recorded(db, by, first), NoteDraft.model_validate(second)
    sent = recording.canonical(draft)
    return note, revising.keep_beside(db, note.id, draft, sent=sent, based_on=None, by=by, author_id=by.id)


def named(db, note, edit):
    return [one.name for one in settling.differences(note, edit, revising.guide_of(db, note))]


def test_only_what_differs_is_asked_in_the_order_of_the_talk(db, cast, actor, safari):
    first = draft_of(safari, FIRST, nps={"value": 6}, moment={"value": "counter"})
    second = draft_of(safari, SECOND, nps={"value": 7}, moment={"value": "counter"})
    note, edit = twice(db, actor(cast.carla), first, second)
    assert named(db, note, edit) == ["story", "nps"]


@pytest.mark.parametrize(
    ("choice", "story"), [("here", FIRST), ("there", SECOND), ("both", f"{FIRST}\n\n{SECOND}")]
)
def test_carla_chooses_per_field_and_it_becomes_a_new_version(db, cast, actor, safari, choice, story):
    carla = actor(cast.carla)
    note, edit = twice(
        db,
        carla,
        draft_of(safari, FIRST, nps={"value": 6}),
        draft_of(safari, SECOND, nps={"value": 7}),
    )
    settling.settle(db, note, edit, {"story": choice, "nps": "there"}, based_on=1, by=carla)
    assert (note.answers["story"]["value"], note.answers["nps"]["value"], note.nps) == (story, 7, 7)
    assert (note.revision, edit.settled_by_id) == (2, cast.carla)
    assert revising.waiting(db, note.id) == []


def test_what_stays_as_it_is_makes_no_version(db, cast, actor, safari):
    carla = actor(cast.carla)
    note, edit = twice(db, carla, draft_of(safari, FIRST), draft_of(safari, SECOND))
    settling.settle(db, note, edit, {"story": "here"}, based_on=1, by=carla)
    assert (note.revision, edit.settled_at is not None) == (1, True)


def test_nothing_is_chosen_for_her(db, cast, actor, safari):
    carla = actor(cast.carla)
    note, edit = twice(db, carla, draft_of(safari, FIRST), draft_of(safari, SECOND))
    with pytest.raises(errors.Invalid) as wrong:
        settling.settle(db, note, edit, {}, based_on=1, by=carla)
    assert list(wrong.value.fields) == ["choice.story"]
    assert note.answers["story"]["value"] == FIRST


def test_a_choice_made_while_the_note_changed_is_asked_again(db, cast, actor, safari):
    carla = actor(cast.carla)
    note, edit = twice(db, carla, draft_of(safari, FIRST), draft_of(safari, SECOND))
    other = NoteDraft.model_validate(draft_of(safari, "Weer anders."))
    editing.edit(db, note, other, based_on=1, by=carla)
    with pytest.raises(errors.Conflict):
        settling.settle(db, note, edit, {"story": "there"}, based_on=1, by=carla)
    assert note.answers["story"]["value"] == "Weer anders."


def test_settling_twice_is_settling_once(db, cast, actor, safari):
    carla = actor(cast.carla)
    note, edit = twice(db, carla, draft_of(safari, FIRST), draft_of(safari, SECOND))
    for _ in range(2):
        settling.settle(db, note, edit, {"story": "there"}, based_on=1, by=carla)
    assert note.revision == 2


def test_words_and_texts_of_an_observation_can_both_stay(db, cast, actor, safari):
    carla = actor(cast.carla)
    first = observation(safari.id, "Rij tot aan de deur", effect="hinders")
    second = observation(safari.id, "Eén balie open", effect="neutral")
    first["answers"]["words"] = {"value": ["queue"]}
    second["answers"]["words"] = {"value": ["busy"]}
    note, edit = twice(db, carla, first, second)
    assert named(db, note, edit) == ["words", "text", "effect"]
    chosen = {"words": "both", "text": "both", "effect": "there"}
    settling.settle(db, note, edit, chosen, based_on=1, by=carla)
    assert note.answers["words"]["value"] == ["queue", "busy"]
    assert note.answers["text"]["value"] == "Rij tot aan de deur\n\nEén balie open"
    assert note.effect == "neutral"


def test_two_texts_that_do_not_fit_together_are_never_cut_off(db, cast, actor, safari):
    carla = actor(cast.carla)
    note, edit = twice(db, carla, draft_of(safari, "een " * 3000), draft_of(safari, "twee " * 3000))
    [story] = settling.differences(note, edit, revising.guide_of(db, note))
    assert not story.may_be_both
    settling.settle(db, note, edit, {"story": "there"}, based_on=1, by=carla)
    assert note.answers["story"]["value"] == ("twee " * 3000).strip()


def test_two_versions_with_more_photos_than_one_may_have_can_still_be_settled(db, cast, actor, safari):
    carla = actor(cast.carla)
    photos = [
        {"sha256": f"{n:064x}", "kind": "photo", "size": 9, "media_type": "image/jpeg"} for n in range(40)
    ]
    first = draft_of(safari, FIRST) | {"attachments": photos[:20]}
    note, edit = twice(db, carla, first, draft_of(safari, SECOND) | {"attachments": photos[20:]})
    settling.settle(db, note, edit, {"story": "there"}, based_on=1, by=carla)
    assert (note.answers["story"]["value"], len(note.announced)) == (SECOND, 40)


def test_an_answer_that_one_version_lacks_can_be_taken_over_or_left_out(db, cast, actor, safari):
    carla = actor(cast.carla)
    note, edit = twice(
        db,
        carla,
        draft_of(safari, FIRST, nps={"value": 6}),
        draft_of(safari, FIRST, moment={"value": "phone"}),
    )
    settling.settle(db, note, edit, {"moment": "there", "nps": "there"}, based_on=1, by=carla)
    assert set(note.answers) == {"story", "moment"}


def test_the_other_number_to_call_is_chosen_without_being_shown(db, cast, actor, safari):
    carla = actor(cast.carla)
    contacts = [{"name": "", "reach": f"06 {n * 8}"} for n in "12"]
    note, edit = twice(db, carla, *(draft_of(safari, FIRST, call_back=contact) for contact in contacts))
    assert named(db, note, edit) == ["call_back"]
    settling.settle(db, note, edit, {"call_back": "there"}, based_on=1, by=carla)
    assert contacting.reveal(db, note, by=carla).reach == "06 22222222"


def test_the_author_and_a_manager_of_the_place_settle_and_nobody_else(db, cast, actor, safari):
    note, edit = twice(db, actor(cast.carla), draft_of(safari, FIRST), draft_of(safari, SECOND))
    for who in (cast.carla, cast.bas):
        assert settling.get(db, note, edit.id, by=actor(who)) == edit
    for who in (cast.dirk, cast.eva, cast.anna):
        with pytest.raises(errors.Forbidden):
            settling.get(db, note, edit.id, by=actor(who))
    with pytest.raises(errors.NotFound):
        settling.get(db, FieldNote(**note.model_dump() | {"id": "x"}), edit.id, by=actor(cast.carla))
