"""What a posted form says, as the draft that a phone would have sent."""

from datetime import UTC, datetime

import pytest

from app.errors import Invalid
from app.models.field_note import form
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import NoteKind
from app.models.guide.queries import Outline
from app.models.guide.table import Guide, GuideVersion, Question, QuestionKind
from tests.makers_note import HELD_AT

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KINDS = ["open", "single", "multiple", "scale", "yes_no", "number"]


@pytest.fixture
def guide() -> Outline:
    """One question of each kind, with its kind as its key."""
    version = GuideVersion(guide_id="g", number=1, minutes=4, consent_version="balie-1", intro={})
    questions = [
        Question(version_id=version.id, position=n, key=kind, kind=QuestionKind(kind), text={})
        for n, kind in enumerate(KINDS)
    ]
    return Outline(Guide(slug="balie", name={}), version, questions)


def interview(guide: Outline, consent: str = "yes", **fields: list[str]) -> NoteDraft:
    named = {name.replace("__", "."): texts for name, texts in fields.items()}
    given = {"consent": [consent]} | named
    return form.draft_from(given, guide, kind=NoteKind.INTERVIEW, safari_id="s", at=AT)


def values(draft: NoteDraft) -> dict[str, object]:
    return {name: answer.value for name, answer in draft.answers.items()}


def test_each_kind_of_question_becomes_its_own_kind_of_answer(guide: Outline):
    draft = interview(
        guide,
        answers__open=["Ik moest wachten."],
        answers__single=["counter"],
        answers__multiple=["told_again", "sent_on"],
        answers__scale=["10"],
        answers__yes_no=["false"],
        answers__number=["3"],
    )
    assert values(draft) == {
        "open": "Ik moest wachten.",
        "single": "counter",
        "multiple": ["told_again", "sent_on"],
        "scale": 10,
        "yes_no": False,
        "number": 3,
    }
    assert draft.consent == "balie-1"


def test_geen_antwoord_and_an_empty_box_are_no_answer(guide: Outline):
    assert not interview(guide, answers__scale=[""], answers__open=["  "], answers__single=[""]).answers


def test_words_are_literal_unless_bas_says_they_are_his_own(guide: Outline):
    assert interview(guide, answers__open=["Ja"]).answers["open"].literal is True
    assert interview(guide, answers__open=["Ja"], literal__open=["false"]).answers["open"].literal is False


def test_quotes_are_numbered_anew_when_a_box_in_between_is_empty(guide: Outline):
    fields = {"consent": ["yes"], "answers.quote-1": [""], "answers.quote-3": ["Dat mag ik niet."]}
    draft = form.draft_from(fields, guide, kind=NoteKind.INTERVIEW, safari_id="s", at=AT)
    assert values(draft) == {"quote-1": "Dat mag ik niet."}


def test_without_an_answer_about_consent_nothing_is_kept(guide: Outline):
    with pytest.raises(Invalid) as wrong:
        interview(guide, consent="", answers__open=["Ik moest wachten."])
    assert wrong.value.fields["consent"][0] == "note.consent_missing"


def test_liever_niet_is_kept_as_just_that(guide: Outline):
    draft = interview(guide, consent="no")
    assert (draft.declined, draft.consent, draft.answers) == (True, "", {})


def test_liever_niet_with_answers_is_asked_again_at_the_consent(guide: Outline):
    with pytest.raises(Invalid) as wrong:
        interview(guide, consent="no", answers__open=["Toch iets"])
    assert wrong.value.fields == {"consent": ("note.declined_but_answered", {})}


def test_a_number_in_words_is_said_at_its_own_field(guide: Outline):
    with pytest.raises(Invalid) as wrong:
        interview(guide, answers__number=["drie keer"], answers__scale=["zes"])
    assert set(wrong.value.fields) == {"answers.number", "answers.scale"}


def test_too_long_a_text_is_said_at_its_own_field(guide: Outline):
    with pytest.raises(Invalid) as wrong:
        interview(guide, answers__open=["x" * 20_001])
    assert wrong.value.fields["answers.open"][0] == "field.string_too_long"


@pytest.mark.parametrize("wish", [["yes"], []])
def test_a_number_to_call_is_kept_even_when_ja_was_not_chosen(guide: Outline, wish: list[str]):
    draft = interview(guide, call_back=wish, call_back__reach=["06 12345678"], call_back__name=["V."])
    assert draft.call_back is not None
    assert (draft.call_back.name, draft.call_back.reach) == ("V.", "06 12345678")


def test_nee_dank_u_means_no_call(guide: Outline):
    assert interview(guide, call_back=["no"], call_back__reach=["06 12345678"]).call_back is None


def test_ja_without_a_number_is_said_at_the_number(guide: Outline):
    with pytest.raises(Invalid) as wrong:
        interview(guide, call_back=["yes"])
    assert wrong.value.fields["call_back.reach"][0] == "note.reach_missing"


@pytest.mark.parametrize("typed", ["", "gisteren", "2026-11-24T10:41:00"])
def test_a_time_that_the_form_cannot_tell_is_now(guide: Outline, typed: str):
    assert interview(guide, held_at=[typed]).held_at == AT
    assert interview(guide, held_at=[HELD_AT.isoformat()]).held_at == HELD_AT


def test_an_observation_is_words_text_and_effect(guide: Outline):
    fields = {
        "answers.words": ["queue", "busy"],
        "answers.text": ["Rij tot de deur\r\nDruk"],
        "effect": ["hinders"],
    }
    draft = form.draft_from(fields, guide, kind=NoteKind.OBSERVATION, safari_id="s", at=AT)
    assert values(draft) == {"words": ["queue", "busy"], "text": "Rij tot de deur\nDruk"}
    assert draft.effect == "hinders"


def test_an_unknown_effect_is_said_at_the_effect(guide: Outline):
    with pytest.raises(Invalid) as wrong:
        form.draft_from({"effect": ["great"]}, guide, kind=NoteKind.OBSERVATION, safari_id="s", at=AT)
    assert "effect" in wrong.value.fields
