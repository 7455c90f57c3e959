"""Who is signed in changes while notes wait: nothing is lost, and nothing is sent under another name."""

import sqlite3
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.faults.house import House, house
from tests.faults.phones import Phone, phone
from tests.faults.proxy import Proxy
from tests.faults.tapping import NUDGE, new_observation, save_many, send_all

NOTES = 3
SIGNED_OUT = "Je bent uitgelogd. Log in, dan gaat het verzenden verder."
ASKED = "Er zijn nog 3 dingen niet verzonden."
LOCKED = "Log je uit, dan blijft dat op slot op dit toestel."


def _end_sessions(at: House) -> None:
    with sqlite3.connect(at.folder / "klantsafari.db", timeout=30) as db:
        db.execute("DELETE FROM user_session")


def _nothing_moves(phone: Phone, at: House, kept: set[str], page: str, address: str) -> None:
    """Nor is a word of it on the page of whoever is there now."""
    before = at.receipts()
    phone.page.goto(f"{address}{page}")
    for _ in range(3):
        phone.page.evaluate(NUDGE)
        phone.page.wait_for_timeout(200)
    assert kept <= phone.unsent(), "gone from the phone"
    assert at.receipts() == before, "sent by somebody else"
    assert "Onderweg" not in phone.page.content(), "shown to somebody else"


def _ended_offline(bas: Phone, at: House, number: int) -> list[str]:
    """Bas's session ends while he saves; Dirk takes the phone; Bas comes back."""
    new_observation(bas, at.address, at.safari)
    bas.context.set_offline(True)
    kept = save_many(bas, f"Onderweg {number}", NOTES)
    _end_sessions(at)
    bas.context.set_offline(False)
    text = bas.page.locator("[name='answers.text']")
    text.fill(f"Onderweg {number} en uitgelogd")
    kept.append(bas.page.locator("form#answer [name=note_id]").input_value())
    bas.page.locator("[data-keep][data-primary]").click()
    bas.page.locator("[data-done-state]", has_text=SIGNED_OUT).wait_for()
    bas.sign_in(at.cookie_of(Cast.dirk), at.address)
    for page in ("/today", "/outbox"):
        _nothing_moves(bas, at, set(kept), page, at.address)
    bas.sign_in(at.cookie_of(Cast.bas), at.address)
    send_all(bas, at.address, f"/safaris/{at.safari}")
    return kept


def _signs_out(bas: Phone, at: House, number: int) -> list[str]:
    """With notes that cannot be sent just now: he is asked, does it anyway, Dirk has the phone, and he comes back."""
    with Proxy(at.port, fault="drop_before", share=1.0) as proxy:
        bas.sign_in(at.cookie_of(Cast.bas), proxy.address)
        new_observation(bas, proxy.address, at.safari)
        kept = save_many(bas, f"Onderweg {number} en weg", NOTES)
        bas.page.goto(f"{proxy.address}/more")
        bas.page.locator("sign-out form button[type=submit]").first.click()
        asked = bas.page.locator("sign-out dialog[open]")
        asked.wait_for()
        assert ASKED in asked.inner_text()
        assert LOCKED in asked.inner_text()
        asked.locator("[data-anyway]").click()
        bas.page.wait_for_url("**/login**")
        proxy.fault = ""
        bas.sign_in(at.cookie_of(Cast.dirk), proxy.address)
        for page in ("/today", "/outbox"):
            _nothing_moves(bas, at, set(kept), page, proxy.address)
        bas.sign_in(at.cookie_of(Cast.bas), proxy.address)
        send_all(bas, proxy.address, f"/safaris/{at.safari}")
        bas.page.goto("about:blank")
    return kept


def figures(times: int, folder: Path) -> dict[str, Any]:
    notes: list[str] = []
    with house(folder) as at, phone(folder / "profile") as bas:
        bas.open()
        for number in range(times):
            bas.sign_in(at.cookie_of(Cast.bas), at.address)
            notes += _ended_offline(bas, at, number) + _signs_out(bas, at, number)
        here = at.receipts()
        found = {
            "sessions ended offline": times,
            "sign-outs with notes waiting": times,
            "notes": len(notes),
            "lost": len(set(notes) - set(here)),
            "under another name": len(at.rows(WRONG_NAME)),
            "doubled": at.doubled(),
        }
    assert not any(found[what] for what in ("lost", "under another name", "doubled")), found
    return found


WRONG_NAME = f"SELECT id FROM field_note WHERE author_id != '{Cast.bas}'"  # noqa: S608 - our own constant
