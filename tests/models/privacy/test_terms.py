"""What was kept long enough goes, each kind at its own time, and nothing of today does."""

from datetime import timedelta

import pytest
import time_machine
from sqlmodel import col, select

from app.clock import new_id, now, today
from app.commands.daily import daily, let_go
from app.database import database
from app.errors import Invalid
from app.models.access import Actor
from app.models.attachment import accepting
from app.models.attachment.table import Attachment
from app.models.audit.table import AuditEntry
from app.models.chore import leasing
from app.models.chore.table import Chore
from app.models.field_note import contacting
from app.models.field_note.table import Contact, FieldNote
from app.models.location.table import Location
from app.models.privacy import overdue, terms
from app.models.privacy.table import Kept
from app.models.privacy.terms import TermsDraft
from tests.cast import Cast
from tests.makers_file import jpeg, webm
from tests.makers_note import HELD_AT, interview, recorded, running_safari

CALL = {"name": "Jan van Dam", "reach": "06 12345678"}


@pytest.fixture
def bas(actor, cast: Cast) -> Actor:
    return actor(cast.bas)


@pytest.fixture
def note(db, cast: Cast, bas: Actor) -> FieldNote:
    with time_machine.travel(HELD_AT, tick=False):
        safari = running_safari(db, cast.town_hall, cast.bas)
        note = recorded(db, bas, interview(safari.id, call_back=CALL))
        for file in (jpeg(), webm()):
            accepting.accept(db, note, file, by=bas)
        db.commit()
    return note


def left(note: FieldNote) -> set[str]:
    with database().reading() as db:
        files = db.exec(select(Attachment.kind).where(Attachment.note_id == note.id)).all()
        words = {"words"} if "story" in db.get_one(FieldNote, note.id).answers else set()
        contact = {"contact"} if db.get(Contact, note.id) else set()
    return {*map(str, files), *words, *contact}


def told() -> list[dict[str, int]]:
    with database().reading() as db:
        done = select(AuditEntry).where(AuditEntry.verb == "retention.done").order_by(col(AuditEntry.id))
        return [one.detail for one in db.exec(done)]


def days_later(days: int) -> dict[str, int]:
    with time_machine.travel(HELD_AT + timedelta(days=days, minutes=1), tick=False):
        return let_go(lambda: None)


def test_the_voice_goes_first_and_the_words_last(db, note):
    for days, stays in (
        (29, {"voice", "contact", "photo", "words"}),
        (30, {"contact", "photo", "words"}),
        (90, {"photo", "words"}),
        (180, {"words"}),
        (730, set()),
    ):
        days_later(days)
        assert left(note) == stays
    assert told()[:2] == [{"voice": 1}, {"contact_open": 1}]
    again = days_later(731)
    assert (again["note"], again["photo"], again["voice"]) == (0, 0, 0)


def test_name_and_number_go_a_month_after_the_call(db, bas, note):
    with time_machine.travel(HELD_AT + timedelta(days=5), tick=False):
        contacting.call(db, note, by=bas)
        db.commit()
    days_later(34)
    assert "contact" in left(note)
    days_later(35)
    assert "contact" not in left(note)


def test_a_place_may_keep_shorter_than_the_place_above_it(db, cast: Cast, actor, note):
    anna, top = actor(cast.anna), db.get_one(Location, cast.waterrijk)
    region, hall, branch = (db.get_one(Location, one) for one in (cast.city, cast.town_hall, cast.branch))
    terms.adjust(db, top, TermsDraft(photo=100), by=anna)
    terms.adjust(db, region, TermsDraft(voice=7), by=anna)
    said = terms.rows(db)
    assert terms.days_at(hall.path, Kept.VOICE, said) == 7
    assert terms.days_at(branch.path, Kept.VOICE, said) == 30
    assert terms.days_at(hall.path, Kept.PHOTO, said) == 100
    db.commit()
    days_later(8)
    assert "voice" not in left(note)


def test_a_photo_does_not_outlive_the_words_it_belongs_to(db, cast: Cast, actor):
    with pytest.raises(Invalid) as refused:
        terms.adjust(db, db.get_one(Location, cast.waterrijk), TermsDraft(note=60), by=actor(cast.anna))
    assert set(refused.value.fields) == {"photo", "quarantine"}


def test_the_page_counts_what_will_go(db, note):
    with time_machine.travel(HELD_AT + timedelta(days=20), tick=False):
        assert overdue.forecast(db, now(), timedelta())[Kept.VOICE] == 0
        soon = overdue.forecast(db, now(), timedelta(days=30))
    assert (soon[Kept.VOICE], soon[Kept.PHOTO], soon[Kept.NOTE]) == (1, 0, 0)


def test_of_two_at_the_same_time_one_does_it_and_of_a_dead_one_the_next_takes_over(db):
    me, other = new_id(), new_id()
    assert leasing.take(db, "daily", me, at=now())
    assert not leasing.take(db, "daily", other, at=now())
    assert leasing.take(db, "daily", me, at=now())
    later = now() + leasing.HELD + timedelta(seconds=1)
    assert leasing.take(db, "daily", other, at=later)
    leasing.finish(db, "daily", other, on=today())
    assert not leasing.is_due(db, "daily", on=today(), at=later)
    assert leasing.is_due(db, "daily", on=today() + timedelta(days=1), at=later)


def test_the_command_does_it_once_a_day_when_asked_so(db, note):
    db.commit()
    for _ in range(2):
        with time_machine.travel(HELD_AT + timedelta(days=40), tick=False):
            daily(if_due=True)
    assert len(told()) == 1
    with database().reading() as fresh:
        assert fresh.exec(select(Chore)).one().held_by is None
    assert left(note) == {"photo", "words", "contact"}
