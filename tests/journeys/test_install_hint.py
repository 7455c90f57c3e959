"""On the home screen a phone does not clear what was saved: said once there is something to lose, and not for ever."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_note import running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
OFFER = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = () => { window.asked = true; return Promise.resolve({ outcome: "accepted" }); };
  offer.userChoice = Promise.resolve({ outcome: "accepted" });
  dispatchEvent(offer);
}"""


@pytest.fixture
def safari(db) -> str:
    safari_id = running_safari(db, Cast.town_hall, Cast.bas).id
    db.commit()
    return safari_id


def observe(page: Page, safari: str) -> None:
    page.goto(f"/safaris/{safari}/observations/new")
    page.get_by_label("Wachtrij").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.wait_for_url("**/safaris/*?saved=1")


def test_bas_is_told_how_on_his_iphone_after_his_first_note_until_he_says_not_now(open_context, safari):
    page = open_context(PHONE | {"user_agent": IPHONE}).new_page()
    sign_in(page, "bas")
    page.goto(f"/safaris/{safari}")
    steps = page.get_by_text("Tik op de Deel-knop van Safari.")
    expect(steps).to_be_hidden()
    observe(page, safari)
    expect(steps).to_be_visible()
    page.get_by_role("button", name="Niet nu").click()
    expect(steps).to_be_hidden()
    observe(page, safari)
    expect(page.get_by_text("Wachtrij").first).to_be_visible()
    expect(steps).to_be_hidden()


def test_on_other_phones_one_tap_asks_the_browser(open_context, safari):
    page = open_context(PHONE).new_page()
    sign_in(page, "bas")
    observe(page, safari)
    page.evaluate(OFFER)
    page.get_by_role("button", name="Zet op beginscherm").click()
    expect(page.get_by_role("button", name="Zet op beginscherm")).to_be_hidden()
    assert page.evaluate("window.asked") is True


def test_after_three_times_it_is_not_said_again(open_context, safari):
    page = open_context(PHONE | {"user_agent": IPHONE}).new_page()
    sign_in(page, "bas")
    observe(page, safari)
    steps = page.get_by_text("Tik op de Deel-knop van Safari.")
    for _ in range(3):
        expect(steps).to_be_visible()
        page.goto(f"/safaris/{safari}")
    expect(page.get_by_text("Wachtrij").first).to_be_visible()
    expect(steps).to_be_hidden()
