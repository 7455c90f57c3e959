import re

import pytest

from app.models.access import Role
from app.models.field_note.table import NoteKind
from app.models.guide.publishing import publish
from app.models.safari.table import SafariState
from app.rendering import build
from tests.cast import Cast
from tests.counting import counted_queries
from tests.makers_safari import go, newest_guide, note, safari
from tests.makers_user import someone

SAID = "De deur ging pas open toen ik belde"


def running(db, **changes):
    made = safari(db, goal="Waarom <twee> keer?", **changes)
    note(db, made, headline=SAID, headline_literal=True, answers={"story": {"value": SAID, "literal": True}})
    note(db, made, author_id=Cast.carla, headline=SAID, kind=NoteKind.OBSERVATION)
    db.commit()
    return made


def test_a_safari_is_kept_whole(db, cast, as_user):
    going = running(db)
    bundle = as_user(cast.bas).get(f"/bundles/safaris/{going.id}")
    assert bundle.headers["cache-control"] == "no-store"
    assert bundle.json()["version"] == build()
    pages, top = bundle.json()["pages"], f"/safaris/{going.id}"
    assert set(pages) == {top, f"{top}/interviews/new", f"{top}/observations/new", f"{top}/closure"}
    assert "Gesprek beginnen" in pages[top]
    assert "Waarom &lt;twee&gt; keer?" in pages[top]
    assert "Ja, mag" in pages[f"{top}/interviews/new"]
    assert "Wachtrij" in pages[f"{top}/observations/new"]
    assert "Wat viel je het meest op?" in pages[f"{top}/closure"]
    for html in pages.values():
        assert f'data-user="{cast.bas}"' in html


def test_no_customer_is_in_what_a_phone_keeps(db, cast, as_user):
    going = running(db)
    for who in (cast.bas, cast.carla):
        browser = as_user(who)
        kept = browser.get(f"/bundles/safaris/{going.id}").text + browser.get("/bundles/phone").text
        assert SAID not in kept
    assert SAID in as_user(cast.bas).get(f"/safaris/{going.id}").text


def test_the_counter_is_ones_own(db, cast, as_user):
    going = running(db)
    go(db, going, cast.carla)
    talk = note(db, going, author_id=cast.carla)
    db.commit()
    page = as_user(cast.carla).get(f"/bundles/safaris/{going.id}").json()["pages"][f"/safaris/{going.id}"]
    assert "1 van 5 gesprekken" in page
    assert f'data-note="{talk.id}"' in page
    assert page.count("data-note=") == 2
    assert "2 van 5 gesprekken" in as_user(cast.carla).get(f"/safaris/{going.id}").text


def test_carla_who_goes_along_keeps_no_page_to_close_with(db, cast, as_user):
    going = running(db)
    go(db, going, cast.carla)
    db.commit()
    pages = as_user(cast.carla).get(f"/bundles/safaris/{going.id}").json()["pages"]
    assert f"/safaris/{going.id}/closure" not in pages
    assert len(pages) == 3


def test_dirk_keeps_it_right_after_joining(db, cast, as_user):
    going, dirk = running(db), as_user(cast.dirk)
    assert dirk.get(f"/bundles/safaris/{going.id}").status_code == 404
    to = dirk.post(f"/join/{going.join_code}").headers["location"]
    assert "Stadskantoor" in dirk.get(f"/bundles{to}").json()["pages"][to]


@pytest.mark.parametrize("state", [SafariState.PLANNED, SafariState.CLOSED])
def test_there_is_nothing_to_keep_before_and_after(db, cast, as_user, state):
    waiting = running(db, state=state)
    assert as_user(cast.bas).get(f"/bundles/safaris/{waiting.id}").json()["pages"] == {}


def test_a_phone_keeps_what_a_safari_can_begin_with(db, cast, as_user):
    bundle = as_user(cast.bas).get("/bundles/phone")
    assert bundle.headers["cache-control"] == "no-store"
    kept = bundle.json()
    assert kept["user"] == {"id": cast.bas, "name": "Bas de Wit", "language": "nl"}
    assert set(kept["pages"]) == {"/safaris/new", "/outbox", "/offline"}
    guide = kept["guides"][newest_guide(db)]
    assert set(guide) == {"field", "interview", "observation", "closure"}
    for name in ("place", "goal", "target", "dots", "day", "time"):
        assert f"__{name}__" in guide["field"]
    for html in guide.values():
        assert 'safari="__safari__"' in html
        assert set(re.findall(r"__([a-z]+)__", html)) <= {
            "safari",
            "place",
            "goal",
            "target",
            "dots",
            "day",
            "time",
        }


def test_who_leads_nothing_keeps_no_guides(cast, as_user):
    for who in (cast.carla, cast.eva, cast.anna):
        kept = as_user(who).get("/bundles/phone").json()
        assert kept["guides"] == {}
        assert set(kept["pages"]) == {"/outbox", "/offline"}


def test_the_kept_pages_speak_the_readers_language(db, cast, as_user):
    gita = someone(db, "gita@klantsafari.example", (Role.MANAGER, cast.town_hall), language="en")
    going = running(db, leader_id=gita.id)
    top = f"/safaris/{going.id}"
    assert 'lang="en"' in as_user(gita.id).get(f"/bundles{top}").json()["pages"][top]


def test_a_bundle_asks_no_more_as_there_is_more(db, cast, as_user):
    going, bas = running(db), as_user(cast.bas)

    def costs():
        sums = []
        for path in (f"/bundles/safaris/{going.id}", "/bundles/phone"):
            with counted_queries() as sent:
                assert bas.get(path).status_code == 200
            sums.append(len(sent))
        return sums

    before = costs()
    words = {"nl": "Balie", "en": "Desk"}
    asked = {"key": "story", "kind": "open", "text": words}
    for n in range(3):
        outline = {"slug": f"gids-{n}", "name": words, "number": 1, "minutes": 4, "quick_words": []}
        publish(db, outline | {"intro": {"version": "1", **words}, "questions": [asked]})
        note(db, going)
    go(db, going, cast.carla)
    go(db, going, cast.dirk)
    db.commit()
    assert costs() == before
    assert max(before) <= 14
    assert len(bas.get("/bundles/phone").json()["guides"]) == 4


def test_the_page_without_a_connection_is_nobodys(cast, as_user, visitor):
    page = as_user(cast.bas).get("/offline")
    assert page.text == visitor.get("/offline").text
    assert "Geen internet" in page.text
    assert "Bas" not in page.text
