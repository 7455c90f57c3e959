"""A phone with a finger reader, as Chromium plays one: Bas needs his password once more, and then no longer."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.clock import now
from app.database import database
from app.models.user.table import UserSession
from tests.cast import Cast
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.phone]

FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_finger_reader(page: Page) -> None:
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})


def let_an_hour_pass() -> None:
    with database().writing() as db:
        for session in db.exec(select(UserSession).where(UserSession.user_id == Cast.bas)):
            session.confirmed_at = now().replace(year=2025)


def test_bas_makes_a_passkey_signs_in_with_it_and_confirms_with_it(phone: Page):
    with_finger_reader(phone)
    sign_in(phone, "bas")
    expect(phone.get_by_text("Volgende keer zonder wachtwoord?")).to_be_visible()
    phone.get_by_role("link", name="Stel in").click()
    phone.get_by_label("Naam").fill("Mijn telefoon")
    phone.get_by_role("button", name="Maak toegangssleutel").click()
    phone.wait_for_url("**/me?saved=passkey")
    expect(phone.get_by_text("Mijn telefoon", exact=True)).to_be_visible()
    phone.goto("/today")
    expect(phone.get_by_text("Volgende keer zonder wachtwoord?")).to_have_count(0)

    phone.goto("/more")
    phone.get_by_role("button", name="Uitloggen").click()
    phone.wait_for_url("**/login")
    # The finger is on the reader already: it answers what the address field offers, and needs no button.
    phone.wait_for_url("**/today")

    let_an_hour_pass()
    phone.goto("/me")
    phone.locator("#passkeys").get_by_role("button").click()
    phone.wait_for_url("**/session/confirmation**")
    phone.get_by_role("button", name="Bevestig met toegangssleutel").click()
    phone.wait_for_url("**/me")
    phone.locator("#passkeys").get_by_role("button").click()
    expect(phone.locator("#passkeys").get_by_role("button")).to_have_count(0)
