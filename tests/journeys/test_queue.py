"""The phone's queue in a real browser: signed out halfway, two tabs, a colleague on the same phone, wrong clocks."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import col, delete, select

from app.database import database
from app.models.field_note.table import FieldNote
from app.models.safari.table import Safari, SafariParticipant
from app.models.user.table import UserSession
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.looking import look
from tests.makers_note import running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

SIGNED_OUT = "Je bent uitgelogd. Log in, dan gaat het verzenden verder."
# What the outbox on the phone holds, as "state" and whether it is locked; nothing before there is a phone.
ON_PHONE = """
() => new Promise((done) => {
  const opening = indexedDB.open("klantsafari");
  opening.onsuccess = () => {
    const rows = opening.result.transaction("outbox").objectStore("outbox").getAll();
    rows.onsuccess = () => {
      opening.result.close();
      done(rows.result.map((row) => [row.state, Boolean(row.locked), row.headline]));
    };
  };
})
"""
GONE = "rows.length === 0"
LOCKED = "rows.every((row) => row[1])"
ONLY_ONE = "rows.length === 1"


def until(page: Page, so: str) -> None:
    """Looks at each frame until the outbox on this phone is so."""
    page.evaluate(f"""async () => {{
      for (let frames = 0; frames < 1200; frames += 1) {{
        const rows = await ({ON_PHONE})();
        if ({so}) return;
        await new Promise(requestAnimationFrame);
      }}
      throw new Error("never: {so}");
    }}""")


@pytest.fixture
def safari(stage) -> Safari:
    with database().writing() as db:
        safari = running_safari(db, Cast.town_hall, Cast.bas)
        db.add(SafariParticipant(safari_id=safari.id, user_id=Cast.carla))
    return safari


@pytest.fixture
def context(open_context) -> BrowserContext:
    # The page's own policy forbids the little scripts with which a test looks at the phone.
    return open_context(PHONE, bypass_csp=True)


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    page = context.new_page()
    sign_in(page, "bas")
    return page


def write(page: Page, text: str) -> None:
    page.locator("[name='answers.text']").fill(text)
    page.get_by_role("button", name="Bewaar", exact=True).locator("visible=true").click()


def observe(page: Page, text: str) -> None:
    write(page, text)
    expect(page.get_by_role("heading", name="Bewaard. Nog een?")).to_be_visible()


def arrived() -> list[tuple[str, str]]:
    notes = look(select(FieldNote).order_by(col(FieldNote.created_at)))
    return [(note.answers["text"]["value"], note.author_id) for note in notes]


def test_bas_is_signed_out_while_underground_writes_on_and_everything_comes_up_when_he_signs_in(
    phone: Page, safari: Safari
):
    phone.goto(f"/safaris/{safari.id}/observations/new")
    phone.context.set_offline(True)
    observe(phone, "Rij tot de deur.")
    expect(phone.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()
    with database().writing() as db:
        db.exec(delete(UserSession))
    phone.context.set_offline(False)
    expect(phone.get_by_text(SIGNED_OUT)).to_be_visible()
    phone.get_by_role("button", name="Nog een").click()
    observe(phone, "Maar één balie open.")
    expect(phone.get_by_text(SIGNED_OUT)).to_be_visible()
    assert arrived() == []
    assert [row[0] for row in phone.evaluate(ON_PHONE)] == ["waiting", "waiting"]
    sign_in(phone, "bas")
    until(phone, GONE)
    assert sorted(arrived()) == [("Maar één balie open.", Cast.bas), ("Rij tot de deur.", Cast.bas)]


def test_two_tabs_with_the_same_draft_make_one_note(phone: Page, safari: Safari):
    phone.goto(f"/safaris/{safari.id}/observations/new")
    phone.locator("[name='answers.text']").fill("Rij tot de deur.")
    phone.wait_for_url("**?draft=*")
    expect(phone.locator("[data-state]")).to_contain_text("Opgeslagen op dit toestel")
    other = phone.context.new_page()
    other.goto(phone.url)
    expect(other.locator("[name='answers.text']")).to_have_value("Rij tot de deur.")
    phone.context.route("**/api/v1/**", lambda route: route.abort())
    for tab in (phone, other):
        tab.get_by_role("button", name="Bewaar", exact=True).locator("visible=true").click()
        expect(tab.get_by_role("heading", name="Bewaard. Nog een?")).to_be_visible()
    assert len(phone.evaluate(ON_PHONE)) == 1
    phone.context.unroute("**/api/v1/**")
    phone.goto(f"/safaris/{safari.id}")
    until(phone, GONE)
    assert arrived() == [("Rij tot de deur.", Cast.bas)]


def test_carla_on_bass_phone_neither_sees_nor_sends_what_he_wrote_and_he_finds_it_again(
    phone: Page, context: BrowserContext, safari: Safari
):
    phone.goto(f"/safaris/{safari.id}/observations/new")
    context.route("**/api/v1/sync", lambda route: route.abort())
    observe(phone, "Rij tot de deur.")
    context.clear_cookies()
    sign_in(phone, "carla")
    context.unroute("**/api/v1/sync")
    until(phone, LOCKED)
    phone.goto(f"/safaris/{safari.id}")
    expect(phone.get_by_role("heading", name="Stadskantoor")).to_be_visible()
    expect(phone.get_by_text("Rij tot de deur.")).to_have_count(0)
    phone.goto(f"/safaris/{safari.id}/observations/new")
    write(phone, "Van Carla.")
    phone.wait_for_url("**?saved=1")
    until(phone, ONLY_ONE)
    assert arrived() == [("Van Carla.", Cast.carla)]
    assert phone.evaluate(ON_PHONE) == [["waiting", True, ""]]
    context.clear_cookies()
    sign_in(phone, "bas")
    until(phone, GONE)
    assert sorted(arrived()) == [("Rij tot de deur.", Cast.bas), ("Van Carla.", Cast.carla)]


@pytest.mark.parametrize("year", [2016, 2036])
def test_a_phone_whose_clock_is_ten_years_off_sends_everything(phone: Page, safari: Safari, year: int):
    phone.clock.set_system_time(datetime(year, 11, 24, 10, 41, tzinfo=UTC))
    phone.goto(f"/safaris/{safari.id}/observations/new")
    phone.context.set_offline(True)
    observe(phone, "Rij tot de deur.")
    phone.context.set_offline(False)
    phone.wait_for_url("**?saved=1")
    until(phone, GONE)
    assert arrived() == [("Rij tot de deur.", Cast.bas)]
