import re
from html import unescape

import pytest
from sqlmodel import select

from app.models.access import Role
from app.models.audit.table import AuditEntry
from app.models.field_note.table import Contact, Tagging
from app.models.user.table import Membership
from tests.counting import counted_queries
from tests.makers_file import jpeg
from tests.makers_note import interview, observation, recorded, running_safari

CANARY = "<img src=x onerror=alert(1)>\"'{{7*7}}"
CALL_BACK = {"name": "Mevrouw De Proef", "reach": "06-00000001"}


@pytest.fixture
def safari(db, cast):
    return running_safari(db, cast.town_hall, cast.bas)


@pytest.fixture
def note(db, cast, actor, safari):
    made = recorded(db, actor(cast.bas), interview(safari.id, call_back=CALL_BACK))
    db.commit()
    return made


def test_the_list_shows_the_customers_own_words_and_where_they_were_said(as_user, cast, note):
    shown = as_user(cast.bas).get("/field-notes").text
    assert f"‘{note.headline}’" in shown
    assert "Stadskantoor" in shown
    assert "1 verhaal" in shown


def test_who_reads_totals_only_gets_no_stories(as_user, cast, note):
    for who in (cast.eva, cast.anna):
        assert as_user(who).get("/field-notes").status_code == 403
        assert as_user(who).get(f"/field-notes/{note.id}").status_code == 403


@pytest.mark.parametrize(
    "query",
    ["", "?q=half+uur", "?tag=wachttijd", "?tagging=suggested", "?location={town_hall}", "?safari={safari}"],
)
def test_dirk_sees_nothing_of_the_town_hall_however_he_asks(as_user, cast, note, query):
    asked = query.format(town_hall=cast.town_hall, safari=note.safari_id)
    shown = as_user(cast.dirk).get(f"/field-notes{asked}")
    assert note.id not in shown.text
    assert "Stadskantoor" not in shown.text


def test_a_hidden_story_and_one_that_never_was_give_the_same_answer(as_user, cast, note):
    dirk = as_user(cast.dirk)
    hidden = dirk.get(f"/field-notes/{note.id}")
    unknown = dirk.get("/field-notes/0190a000-0000-7000-8000-00000000dead")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.text == unknown.text


def test_a_wrong_filter_says_so_at_the_field_and_keeps_what_was_typed(as_user, cast, note):
    shown = as_user(cast.bas).get("/field-notes?from=2026-11-24&to=2026-11-20&q=wachten")
    assert shown.status_code == 422
    assert "De laatste dag ligt voor de eerste." in shown.text
    assert 'value="2026-11-20"' in shown.text
    assert 'value="wachten"' in shown.text


def test_more_stories_follow_by_a_link_and_as_rows_alone_for_htmx(as_user, db, cast, actor, safari):
    for n in range(25):
        recorded(db, actor(cast.bas), observation(safari.id, f"Rij nummer {n}"))
    db.commit()
    bas = as_user(cast.bas)
    first = bas.get("/field-notes?kind=observation").text
    [more] = [unescape(link) for link in re.findall(r'href="(/field-notes\?[^"]*cursor[^"]*)"', first)]
    assert "kind=observation" in more
    rest = bas.get(more).text
    seen = re.findall(r"Rij nummer \d+", first + rest)
    assert len(seen) == len(set(seen)) == 25
    rows = bas.get(more, headers={"hx-request": "true"}).text
    assert "<html" not in rows
    assert rows.count('class="rec ') == 5


def test_a_list_of_twenty_asks_as_little_as_a_list_of_one(as_user, db, cast, actor, safari, note):
    bas = as_user(cast.bas)
    bas.get("/field-notes")
    with counted_queries() as for_one:
        bas.get("/field-notes")
    for n in range(19):
        recorded(db, actor(cast.bas), observation(safari.id, f"Rij {n}"))
    db.commit()
    with counted_queries() as for_twenty:
        bas.get("/field-notes")
    assert len(for_twenty) == len(for_one) <= 15


def test_a_story_asks_the_same_whatever_hangs_on_it(as_user, db, cast, actor, safari, note):
    bare = recorded(db, actor(cast.bas), observation(safari.id, "Rij"))
    db.commit()
    bas = as_user(cast.bas)
    bas.get(f"/field-notes/{bare.id}")
    with counted_queries() as for_bare:
        bas.get(f"/field-notes/{bare.id}")
    with counted_queries() as for_full:
        bas.get(f"/field-notes/{note.id}")
    assert len(for_full) == len(for_bare) <= 15


def test_a_story_marks_the_words_of_its_labels_and_lights_up_the_one_that_is_asked_about(
    as_user, db, cast, note
):
    tagging = db.exec(select(Tagging).where(Tagging.note_id == note.id)).first()
    db.commit()
    bas = as_user(cast.bas)
    assert "<mark>" in bas.get(f"/field-notes/{note.id}").text
    lit = bas.get(f"/field-notes/{note.id}?tag={tagging.tag_id}").text
    assert '<mark class="lit">' in lit
    span = tagging.spans[0]
    assert f"<q>{note.answers[span['field']]['value'][span['start'] : span['end']]}</q>" in lit


def test_what_a_customer_or_colleague_types_is_never_read_as_a_page(as_user, db, cast, actor, safari):
    answers = {
        "story": {"value": CANARY, "literal": True},
        "hindrance": {"value": CANARY, "literal": False},
        "quote-1": {"value": CANARY, "literal": True},
    }
    call_back = {"name": CANARY, "reach": CANARY + "@x.nl"}
    talk = recorded(
        db, actor(cast.bas), interview(safari.id, answers=answers, call_back=call_back, channel=CANARY)
    )
    seen = recorded(db, actor(cast.bas), observation(safari.id, CANARY))
    db.commit()
    bas = as_user(cast.bas)
    pages = [
        bas.get("/field-notes"),
        bas.get("/field-notes", params={"q": CANARY, "tag": CANARY, "location": CANARY[:36]}),
        bas.get("/field-notes", params={"kind": CANARY, "from": CANARY}),
        bas.get(f"/field-notes/{talk.id}", params={"tag": CANARY}),
        bas.get(f"/field-notes/{seen.id}"),
        bas.post(f"/field-notes/{talk.id}/contact"),
    ]
    for shown in pages:
        assert "<img src=x" not in shown.text
        assert "49" not in re.sub(r"[0-9a-f-]{36}|dist/\S+", "", shown.text) or "{{7*7}}" in shown.text
    assert sum("&lt;img src=x" in shown.text for shown in pages) >= 5


def test_a_customer_who_would_rather_not_leaves_a_row_and_no_words(as_user, db, cast, actor, safari):
    declined = recorded(db, actor(cast.bas), interview(safari.id) | {"declined": True, "answers": {}})
    db.commit()
    bas = as_user(cast.bas)
    assert "Wilde liever niet meedoen" in bas.get("/field-notes").text
    shown = bas.get(f"/field-notes/{declined.id}").text
    assert "Alleen plek en tijd" in shown or "alleen plek en tijd" in shown
    assert "Maak actie" not in shown


def test_name_and_number_stand_on_no_page_until_they_are_asked_for(as_user, cast, note):
    bas = as_user(cast.bas)
    assert CALL_BACK["reach"] not in bas.get("/field-notes").text
    closed = bas.get(f"/field-notes/{note.id}").text
    assert "Deze klant wil teruggebeld worden." in closed
    assert CALL_BACK["reach"] not in closed
    assert CALL_BACK["name"] not in closed
    opened = bas.post(f"/field-notes/{note.id}/contact")
    assert opened.status_code == 200
    assert CALL_BACK["reach"] in opened.text
    assert opened.headers["cache-control"] == "no-store"


def test_each_view_of_a_number_is_written_down(as_user, db, cast, note):
    bas = as_user(cast.bas)
    for _ in range(2):
        bas.post(f"/field-notes/{note.id}/contact", headers={"hx-request": "true"})
    logged = db.exec(select(AuditEntry).where(AuditEntry.verb == "contact.viewed")).all()
    assert [entry.actor_id for entry in logged] == [cast.bas, cast.bas]


def test_carla_reads_that_a_call_is_due_and_opens_nothing(as_user, cast, note):
    carla = as_user(cast.carla)
    shown = carla.get(f"/field-notes/{note.id}").text
    assert "Deze klant wil teruggebeld worden." in shown
    assert f"/field-notes/{note.id}/contact" not in shown
    for noun in ("contact", "call"):
        refused = carla.post(f"/field-notes/{note.id}/{noun}")
        assert refused.status_code == 403
        assert CALL_BACK["reach"] not in refused.text


def test_a_call_that_was_made_is_said_and_stays_said(as_user, db, cast, note):
    bas = as_user(cast.bas)
    assert bas.post(f"/field-notes/{note.id}/call").headers["location"] == f"/field-notes/{note.id}#call-back"
    db.expire_all()
    assert db.get(Contact, note.id).called_at is not None
    shown = bas.get(f"/field-notes/{note.id}").text
    assert "Deze klant is gebeld op" in shown
    assert "wil teruggebeld worden" not in shown


def test_somebody_elses_call_back_is_not_there(as_user, cast, note):
    for noun in ("contact", "call"):
        assert as_user(cast.dirk).post(f"/field-notes/{note.id}/{noun}").status_code == 404


def test_an_erased_story_is_gone_from_list_and_page(as_user, db, cast, note):
    note.erased_at = note.held_at
    db.add(note)
    db.commit()
    bas = as_user(cast.bas)
    assert note.id not in bas.get("/field-notes").text
    assert bas.get(f"/field-notes/{note.id}").status_code == 404


@pytest.mark.parametrize("left", [None, Role.READER, Role.ADMIN])
def test_bas_keeps_no_story_and_no_number_when_his_work_is_taken_away(as_user, db, cast, note, left):
    bas = as_user(cast.bas)
    [held] = db.exec(select(Membership).where(Membership.user_id == cast.bas)).all()
    db.delete(held)
    if left:
        db.add(Membership(user_id=cast.bas, location_id=cast.town_hall, role=left))
    tag = db.exec(select(Tagging.tag_id).where(Tagging.note_id == note.id)).first()
    db.commit()
    own = f"/field-notes/{note.id}"
    asked = [
        bas.get(own),
        bas.post(f"{own}/contact"),
        bas.post(f"{own}/call"),
        bas.post(f"{own}/taggings", data={"tag_id": tag}),
        bas.post(f"{own}/taggings/{tag}/rejection"),
        bas.post(f"{own}/attachments", files={"photo": ("a.jpg", jpeg(), "image/jpeg")}),
        bas.get(f"/api/v1{own}"),
    ]
    assert {answer.status_code for answer in asked} <= {403, 404}
    assert not any(CALL_BACK["reach"] in answer.text for answer in asked)
    assert own not in bas.get("/today").text
