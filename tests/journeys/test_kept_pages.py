"""Without a connection, or with one that lies: joining, beginning and ending on the pages that the phone keeps."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from app.database import database
from app.models.safari.table import Safari, SafariState
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_safari import safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

KEPT = """async id => (await new Promise(done => {
  const asked = indexedDB.open("klantsafari");
  asked.onsuccess = () => {
    const rows = asked.result.transaction("pages").objectStore("pages").getAll();
    rows.onsuccess = () => { asked.result.close(); done(rows.result); };
  };
})).some(page => page.safari_id === id)"""
PORTAL = "<h1>Welkom op het gratis wifi</h1>"


@pytest.fixture
def phone(open_context) -> Page:
    return open_context(PHONE, service_workers="allow").new_page()


def ready(page: Page) -> None:
    """Until the page itself says that it also opens underground."""
    expect(page.get_by_text("Gids staat op dit toestel")).to_be_visible()


def cut(context: BrowserContext) -> None:
    context.set_offline(True)


def began(page: Page) -> str:
    page.get_by_role("button", name="Begin safari").click()
    expect(page.get_by_role("heading", name="Stadskantoor")).to_be_visible()
    return page.url.rpartition("/")[2]


def stored() -> list[Safari]:
    with database().reading() as db:
        return list(db.exec(select(Safari)))


def test_dirk_joins_by_the_link_and_goes_underground(phone: Page):
    with database().writing() as db:
        outing = safari(db, goal="Waar staan mensen stil?")
        code = outing.join_code
    sign_in(phone, "dirk")
    phone.goto(f"/join/{code}")
    phone.get_by_role("button", name="Doe mee").click()
    ready(phone)
    cut(phone.context)
    phone.reload()
    expect(phone.get_by_text("Waar staan mensen stil?")).to_be_visible()
    phone.get_by_role("link", name="Gesprek beginnen").click()
    expect(phone.get_by_role("button", name="Ja, mag")).to_be_visible()
    phone.goto(f"/safaris/{outing.id}/closure")
    expect(phone.get_by_role("heading", name="Geen internet")).to_be_visible()


@pytest.mark.parametrize(
    "answer", [{"status": 200, "body": PORTAL}, {"status": 503, "body": "even niet"}, None]
)
def test_a_safari_begins_on_the_phone_when_the_server_is_not_reached(phone: Page, answer):
    sign_in(phone, "bas")
    phone.goto("/safaris/new")
    ready(phone)

    def stand_in(route):
        route.fulfill(content_type="text/html", **answer) if answer else route.abort()

    phone.context.route("**/safaris", stand_in)
    phone.context.route("**/api/**", stand_in)
    safari_id = began(phone)
    assert stored() == []
    expect(phone.get_by_text("Op dit toestel", exact=True).first).to_be_visible()
    phone.context.unroute_all()
    phone.reload()
    expect(phone.locator("[data-unsent]").filter(has_text="Verzonden")).to_be_visible()
    [known] = stored()
    assert (known.id, known.state, known.leader_id) == (safari_id, SafariState.RUNNING, Cast.bas)


def test_with_a_connection_it_is_one_safari_as_before(phone: Page):
    sign_in(phone, "bas")
    phone.goto("/safaris/new")
    safari_id = began(phone)
    assert [known.id for known in stored()] == [safari_id]


def test_a_wrong_choice_is_still_said_by_the_server(phone: Page):
    sign_in(phone, "bas")
    phone.goto("/safaris/new")
    phone.locator("#goal").evaluate(
        "box => { box.removeAttribute('maxlength'); box.value = 'x'.repeat(201); }"
    )
    phone.get_by_role("button", name="Begin safari").click()
    expect(phone.locator("#goal-error")).to_be_visible()
    assert stored() == []


def test_a_plan_waits_for_a_connection_and_says_so(phone: Page):
    sign_in(phone, "bas")
    phone.goto("/safaris/new")
    ready(phone)
    cut(phone.context)
    phone.get_by_text("Plan voor later").click()
    phone.get_by_label("Wanneer ga je?").fill("2036-01-01T10:00")
    phone.get_by_role("button", name="Begin safari").click()
    expect(phone.get_by_text("Plannen kan alleen met internet. Je keuzes blijven staan.")).to_be_visible()


def test_without_the_guide_nothing_begins_and_it_says_so(phone: Page):
    sign_in(phone, "bas")
    phone.context.route("**/bundles/**", lambda route: route.abort())
    phone.goto("/safaris/new")
    expect(phone.get_by_text("Deze gids staat nog niet op dit toestel.")).to_be_visible()
    cut(phone.context)
    phone.get_by_role("button", name="Begin safari").click()
    expect(
        phone.get_by_text("Deze gids staat niet op dit toestel. Probeer het nog eens met internet.")
    ).to_be_visible()


def test_what_needs_internet_says_so_where_you_tap(phone: Page):
    sign_in(phone, "bas")
    phone.goto("/safaris/new")
    began(phone)
    ready(phone)
    cut(phone.context)
    phone.get_by_role("link", name="Laat een collega meedoen").click()
    expect(phone.get_by_text("Dit kan alleen met internet.")).to_be_visible()
    expect(phone.get_by_role("link", name="Gesprek beginnen")).to_be_visible()
    phone.goto("/today")
    expect(phone.get_by_role("heading", name="Geen internet")).to_be_visible()
    phone.get_by_role("link", name="Stadskantoor").click()
    expect(phone.get_by_role("link", name="Gesprek beginnen")).to_be_visible()


def test_bas_ends_it_underground_and_the_server_hears_of_it(phone: Page):
    sign_in(phone, "bas")
    phone.goto("/safaris/new")
    began(phone)
    ready(phone)
    cut(phone.context)
    phone.get_by_role("link", name="Afronden").click()
    phone.get_by_label("Wat viel je het meest op?").fill("De rij.")
    phone.get_by_role("button", name="Rond safari af").click()
    expect(phone.get_by_text("Afgerond op dit toestel")).to_be_visible()
    expect(phone.get_by_role("link", name="Observatie")).to_be_hidden()
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Wat viel het meest op?")).to_be_visible()
    [known] = stored()
    assert (known.state, known.debrief) == (SafariState.CLOSED, "De rij.")


def test_a_safari_begun_at_the_desk_is_on_the_phone_once_bas_signs_in_there(phone: Page):
    with database().writing() as db:
        outing = safari(db)
    sign_in(phone, "bas")
    phone.wait_for_function(KEPT, arg=outing.id)
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    cut(phone.context)
    phone.get_by_role("link", name="Ga verder").locator("visible=true").first.click()
    expect(phone.get_by_role("heading", name="Stadskantoor")).to_be_visible()
    phone.get_by_role("link", name="Observatie").click()
    expect(phone.get_by_label("Wachtrij", exact=True)).to_be_visible()


def test_a_closed_safari_leaves_the_phone(phone: Page):
    sign_in(phone, "bas")
    phone.goto("/safaris/new")
    safari_id = began(phone)
    ready(phone)
    phone.get_by_role("link", name="Afronden").click()
    phone.get_by_role("button", name="Rond safari af").click()
    expect(phone.get_by_role("link", name="Safari's").first).to_be_visible()
    expect(phone.locator("body")).to_have_attribute("data-user", Cast.bas)
    phone.wait_for_function(f"async id => !(await ({KEPT})(id))", arg=safari_id)
