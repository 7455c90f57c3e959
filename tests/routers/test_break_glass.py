import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.clock import new_id, now
from app.models.access import Role
from app.models.attachment import accepting
from app.models.audit.table import AuditEntry
from app.models.break_glass.table import BreakGlass, GlassLook
from app.models.user.table import Membership
from tests import makers_file as files
from tests.looking import look
from tests.makers_note import interview, recorded, running_safari

CALL_BACK = {"name": "Mevrouw De Proef", "reach": "06-00000001"}
REASON = "Een klant belde over zijn verhaal"


@pytest.fixture
def note(db, cast, actor):
    safari = running_safari(db, cast.town_hall, cast.bas)
    made = recorded(db, actor(cast.bas), interview(safari.id, call_back=CALL_BACK))
    db.commit()
    return made


@pytest.fixture
def voice(db, cast, actor, note):
    kept, _ = accepting.accept(db, note, files.wav(2), by=actor(cast.bas))
    db.commit()
    return kept


@pytest.fixture
def anna(as_user, cast, note):
    """Anna's browser, with the glass broken at the town hall."""
    browser = as_user(cast.anna)
    given = {"id": new_id(), "location_id": cast.town_hall, "reason": REASON}
    assert browser.post("/break-glass", data=given).status_code == 303
    return browser


def looks() -> list[str]:
    return [str(what) for what in look(select(GlassLook.what).order_by(col(GlassLook.id)))]


def test_anna_reads_the_story_opens_name_and_recording_and_each_look_is_written_down(db, anna, note, voice):
    assert note.headline in anna.get("/field-notes").text
    shown = anna.get(f"/field-notes/{note.id}").text
    assert note.headline in re.sub(r"</?mark[^>]*>", "", shown)
    assert CALL_BACK["reach"] not in shown
    assert f"/attachments/{voice.id}" not in shown
    assert anna.get(f"/attachments/{voice.id}").status_code == 404
    assert CALL_BACK["reach"] in anna.post(f"/field-notes/{note.id}/contact").text
    assert f'src="/attachments/{voice.id}"' in anna.post(f"/field-notes/{note.id}/voice").text
    assert anna.get(f"/attachments/{voice.id}").status_code == 200
    assert looks() == ["list", "note", "contact", "voice"]
    logged = db.exec(select(AuditEntry).where(AuditEntry.verb == "break_glass.note")).one()
    assert (logged.subject_id, logged.location_id) == (note.id, note.location_id)
    assert REASON not in str(logged.detail)


def test_reading_along_offers_nothing_to_change(anna, note):
    shown = anna.get(f"/field-notes/{note.id}").text
    main = shown.partition("<main")[2].partition("</main>")[0]
    assert set(re.findall(r'action="([^"]+)"', main)) == {f"/field-notes/{note.id}/contact"}
    assert "/actions/new" not in main
    assert "/exports" not in anna.get("/field-notes").text


def test_a_manager_elsewhere_who_breaks_the_glass_still_writes_nothing_there(db, as_user, cast, anna, note):
    db.add(Membership(user_id=cast.anna, role=Role.MANAGER, location_id=cast.branch))
    tag = note.id
    db.commit()
    own = f"/field-notes/{note.id}"
    assert anna.get(own).status_code == 200
    tried = [
        anna.post(f"{own}/taggings", data={"tag_id": tag}),
        anna.post(f"{own}/call"),
        anna.get(f"{own}/actions/new"),
        anna.get(f"/api/v1{own}"),
        anna.get(f"/safaris/{note.safari_id}"),
    ]
    assert {answer.status_code for answer in tried} == {404}
    assert note.headline not in anna.get("/tags/review").text + anna.get("/today").text
    assert note.id not in anna.get("/exports/field-notes.csv").text


def test_it_ends_by_itself_or_at_once_and_stands_on_every_page_while_it_lasts(db, cast, anna, note):
    assert "Nog 60 minuten." in anna.get("/today").text
    glass = db.exec(select(BreakGlass)).one()
    glass.ends_at = now() + timedelta(seconds=70)
    db.commit()
    assert "Nog 2 minuten." in anna.get("/settings").text
    anna.post(f"/break-glass/{glass.id}/closure")
    assert anna.get(f"/field-notes/{note.id}").status_code == 403
    assert "Stop nu" not in anna.get("/today").text


def test_another_device_of_anna_reads_nothing(as_user, cast, anna, note):
    assert as_user(cast.anna).get(f"/field-notes/{note.id}").status_code == 403


def test_bas_is_told_sees_what_was_opened_and_says_when_he_knows(db, as_user, cast, anna, note):
    anna.get(f"/field-notes/{note.id}")
    bas, glass = as_user(cast.bas), db.exec(select(BreakGlass)).one()
    db.commit()
    told = bas.get("/today").text
    assert REASON in told
    assert "Anna Bakker leest nu in nood mee bij Stadskantoor" in told
    page = bas.get(f"/break-glass/{glass.id}").text
    assert f'href="/field-notes/{note.id}"' in page
    assert "Ik heb dit gezien" not in page
    assert bas.post(f"/break-glass/{glass.id}/acknowledgement").status_code == 409
    anna.post(f"/break-glass/{glass.id}/closure")
    assert "Ik heb dit gezien" in bas.get(f"/break-glass/{glass.id}").text
    bas.post(f"/break-glass/{glass.id}/acknowledgement")
    assert REASON not in bas.get("/today").text
    assert "Anna Bakker" in bas.get("/break-glass").text
    assert as_user(cast.dirk).get(f"/break-glass/{glass.id}").status_code == 404
    assert "Anna Bakker" not in as_user(cast.dirk).get("/break-glass").text


def test_a_reason_of_a_word_or_two_is_refused_at_the_field(as_user, cast):
    anna = as_user(cast.anna)
    given = {"id": new_id(), "location_id": cast.town_hall, "reason": "Even kijken"}
    answer = anna.post("/break-glass", data=given)
    assert answer.status_code == 422
    assert "Schrijf in minstens vier woorden op waarom dit nodig is." in answer.text
    assert given["reason"] in answer.text
