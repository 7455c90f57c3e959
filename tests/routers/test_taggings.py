import pytest
from sqlmodel import select

from app.database import database
from app.models.audit.table import AuditEntry
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from tests.makers_note import interview, recorded, running_safari

HTMX = {"hx-request": "true"}


@pytest.fixture
def note(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    made = recorded(db, actor(cast.bas), interview(safari.id))
    db.commit()
    return made


@pytest.fixture
def suggested(note):
    return kept(select(Tagging).where(Tagging.note_id == note.id))


def kept(statement):
    """What the database holds now, without holding on to it."""
    with database().reading() as db:
        return db.exec(statement).first()


def state_of(tagging):
    return kept(select(Tagging.state).where(Tagging.id == tagging.id))


@pytest.mark.parametrize("noun", ["acceptance", "rejection"])
def test_a_label_is_decided_by_a_plain_form_and_taken_back(as_user, cast, note, suggested, noun):
    bas, to = as_user(cast.bas), f"/field-notes/{note.id}/taggings/{suggested.tag_id}"
    answered = bas.post(f"{to}/{noun}")
    assert answered.status_code == 303
    assert answered.headers["location"] == f"/field-notes/{note.id}#labels"
    assert state_of(suggested) == {"acceptance": "accepted", "rejection": "rejected"}[noun]
    bas.post(f"{to}/reconsideration")
    assert state_of(suggested) == TaggingState.SUGGESTED


def test_htmx_gets_the_labels_and_the_words_as_they_now_are(as_user, cast, note, suggested):
    to = f"/field-notes/{note.id}/taggings/{suggested.tag_id}"
    answered = as_user(cast.bas).post(f"{to}/rejection", headers=HTMX)
    assert answered.status_code == 200
    assert "<html" not in answered.text
    assert 'id="labels"' in answered.text
    assert 'hx-swap-oob="true"' in answered.text
    assert "1 label past niet" in answered.text


@pytest.mark.parametrize("said", ["positive", "neutral"])
def test_how_it_was_meant_is_one_tap_shows_who_said_so_and_is_taken_back(
    as_user, cast, note, suggested, said
):
    bas, to = as_user(cast.bas), f"/field-notes/{note.id}/taggings/{suggested.tag_id}/feeling"
    for _ in range(2):
        answered = bas.post(to, data={"sentiment": said})
        assert (answered.status_code, answered.headers["location"]) == (303, f"/field-notes/{note.id}#labels")
    now = kept(select(Tagging).where(Tagging.id == suggested.id))
    assert (now.sentiment, now.state, now.felt_by_id) == (said, TaggingState.SUGGESTED, cast.bas)
    page = as_user(cast.carla).get(f"/field-notes/{note.id}").text
    assert "Toon gekozen door Bas de Wit" in page
    assert f'value="{said}" aria-pressed="true" id="tone-{suggested.tag_id}-{said}"' in page
    back = bas.post(to, data={"sentiment": "as_read"}, headers=HTMX)
    assert "Toon gekozen door" not in back.text
    again = kept(select(Tagging).where(Tagging.id == suggested.id))
    assert (again.sentiment, again.felt_by_id) == (suggested.sentiment, None)
    assert bas.post(to, data={"sentiment": "furious"}).status_code == 422


def test_the_api_says_how_a_label_was_meant_and_by_whom(as_user, cast, note, suggested):
    to = f"/api/v1/field-notes/{note.id}/taggings/{suggested.tag_id}/feeling"
    told = as_user(cast.carla).post(to, json={"sentiment": "positive"}).json()
    assert (told["sentiment"], told["felt_by_id"]) == ("positive", cast.carla)
    assert {one["sentiment"] for one in told["evidence"]} == {"positive"}


def test_deciding_twice_changes_nothing_more(as_user, cast, note, suggested):
    to = f"/field-notes/{note.id}/taggings/{suggested.tag_id}"
    for _ in range(2):
        assert as_user(cast.bas).post(f"{to}/acceptance").status_code == 303
    assert state_of(suggested) == TaggingState.ACCEPTED


def test_carla_decides_too_and_the_log_says_who(as_user, cast, note, suggested):
    as_user(cast.carla).post(f"/field-notes/{note.id}/taggings/{suggested.tag_id}/acceptance")
    entry = kept(select(AuditEntry).where(AuditEntry.verb == "tagging.accepted"))
    assert entry.actor_id == cast.carla


def test_another_label_is_added_and_gone_when_it_is_taken_back(as_user, cast, note):
    bas = as_user(cast.bas)
    known = select(Tagging.tag_id).where(Tagging.note_id == note.id)
    tag = kept(select(Tag).where(Tag.id.not_in(known)))  # type: ignore[attr-defined]
    assert bas.post(f"/field-notes/{note.id}/taggings", data={"tag_id": tag.id}).status_code == 303
    added = kept(select(Tagging).where(Tagging.note_id == note.id, Tagging.tag_id == tag.id))
    assert (added.state, added.origin) == (TaggingState.ACCEPTED, "person")
    bas.post(f"/field-notes/{note.id}/taggings/{tag.id}/reconsideration")
    assert state_of(added) is None


@pytest.mark.parametrize("tag_id", ["", "made-up", "x" * 37])
def test_a_label_that_does_not_exist_cannot_be_added(as_user, cast, note, tag_id):
    refused = as_user(cast.bas).post(f"/field-notes/{note.id}/taggings", data={"tag_id": tag_id})
    assert refused.status_code == 422


def test_a_label_that_the_story_does_not_have_cannot_be_decided(as_user, cast, note):
    for noun in ("acceptance", "rejection", "reconsideration", "feeling"):
        to = f"/field-notes/{note.id}/taggings/made-up/{noun}"
        assert as_user(cast.bas).post(to, data={"sentiment": "negative"}).status_code == 404


def test_who_may_not_read_the_story_decides_nothing_about_it(as_user, cast, note, suggested):
    to = f"/field-notes/{note.id}/taggings"
    for who, refusal in ((cast.dirk, 404), (cast.eva, 403), (cast.anna, 403)):
        other = as_user(who)
        assert other.post(to, data={"tag_id": suggested.tag_id}).status_code == refusal
        for noun in ("acceptance", "rejection", "reconsideration", "feeling"):
            sent = other.post(f"{to}/{suggested.tag_id}/{noun}", data={"sentiment": "negative"})
            assert sent.status_code == refusal
    assert state_of(suggested) == TaggingState.SUGGESTED
