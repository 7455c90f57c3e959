"""A customer comes back: to take one yes back, to see what is kept, and to have it erased."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.database import database
from app.models.user.actors import actor_for
from app.models.user.table import User
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.makers_note import STORY, interview, recorded, running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]
SAID = STORY[:30]


@pytest.fixture
def note(stage: None) -> str:
    with database().writing() as db:
        bas = actor_for(db, db.get_one(User, Cast.bas))
        safari = running_safari(db, Cast.town_hall, Cast.bas)
        call_back = {"name": "Jan van Dam", "reach": "06 12345678"}
        return recorded(db, bas, interview(safari.id, call_back=call_back)).id


def test_a_customer_takes_back_being_called_and_then_the_whole_talk(open_context, note: str):
    phone = open_context(PHONE, java_script_enabled=False).new_page()
    sign_in(phone, "bas")
    phone.goto(f"/field-notes/{note}")
    take_back(phone, "Terugbellen")
    expect(phone.get_by_role("heading", name="Terugbellen")).to_have_count(0)
    expect(phone.get_by_text(SAID)).to_be_visible()
    take_back(phone, "Het gesprek")
    expect(phone.get_by_text("Wat de klant zei, is gewist")).to_be_visible()
    expect(phone.get_by_text(SAID)).to_have_count(0)


def take_back(page: Page, what: str) -> None:
    panel = page.locator("#consents")
    row = panel.locator("li").filter(has_text=what)
    row.locator("summary").click()
    row.get_by_role("button", name="De klant trekt dit in").click()
    expect(row.get_by_text("Ingetrokken op")).to_be_visible()


def test_a_customer_sees_what_is_kept_and_has_it_erased(open_context, note: str):
    bas, anna = (open_context(DESK).new_page() for _ in range(2))
    sign_in(bas, "bas")
    sign_in(anna, "anna")
    answer(anna, ask(bas, note, "Vraag inzage aan", "Jan van Dam"))
    erase(anna, ask(bas, note, "Vraag wissen aan", ""))
    bas.goto(f"/field-notes/{note}")
    expect(bas.get_by_role("heading", name="Niet gevonden")).to_be_visible()


def ask(page: Page, note: str, button: str, who: str) -> str:
    """The address of the request."""
    page.goto(f"/field-notes/{note}")
    page.get_by_role("link", name=button).click()
    page.get_by_label("Naam, nummer of e-mailadres").fill(who)
    page.get_by_role("button", name="Vraag aan").click()
    expect(page.get_by_text("De beheerder voert dit uit.")).to_be_visible()
    return page.url


def carry_out(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Voer uit").click()
    if "/session/confirmation" in page.url:
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Bevestig").click()
    expect(page.get_by_text(SAID)).to_have_count(0)
    page.get_by_label("Gesprek, Stadskantoor").check()


def answer(page: Page, address: str) -> None:
    carry_out(page, address)
    with page.expect_download() as download:
        page.get_by_role("button", name="Haal het bestand op").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as zipped:
        assert SAID in zipped.read("lees-mij.html").decode()


def erase(page: Page, address: str) -> None:
    carry_out(page, address)
    page.get_by_role("button", name="Wis voorgoed").click()
    expect(page.get_by_role("heading", name="Bewijs van wissen")).to_be_visible()
    expect(page.get_by_text("Namen en nummers")).to_be_visible()
