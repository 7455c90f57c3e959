"""*Nog te verzenden*: what is still on the phone, where it is and since when."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from app.models.safari.table import Safari
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.journeys.looking import axe, sideways_scroll, small_targets
from tests.journeys.unsent import back_online, carlas_safari, cut_off, observe, refusing

pytestmark = [pytest.mark.journey, pytest.mark.phone]

# A colleague's note, sealed, as the phone keeps it while she is signed out.
OF_DIRK = """
() => new Promise((done) => {
  const opening = indexedDB.open("klantsafari");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("outbox", "readwrite");
    tx.objectStore("outbox").put({id: "of-dirk", user_id: "dirk", safari_id: "x", kind: "interview", headline: "",
      held_at: "2026-11-24T09:00:00+01:00", state: "waiting", attachments: [], locked: new ArrayBuffer(40)});
    tx.oncomplete = () => { opening.result.close(); done(); };
  };
})
"""


@pytest.fixture
def safari(stage) -> Safari:
    return carlas_safari()


@pytest.fixture
def away(open_context) -> Page:
    """Carla's phone, cut off from our server."""
    page = open_context(PHONE, bypass_csp=True).new_page()
    sign_in(page, "carla")
    cut_off(page)
    return page


def test_with_nothing_on_the_phone_everything_has_been_sent(phone: Page, safari: Safari):
    sign_in(phone, "carla")
    phone.goto("/outbox")
    expect(phone.get_by_text("Alles is verzonden.")).to_be_visible()
    expect(phone.get_by_role("button", name="Probeer nu")).to_be_hidden()


def test_carla_sees_how_much_waits_and_since_when_until_it_is_sent(away: Page, safari: Safari):
    observe(away, safari)
    away.goto("/outbox")
    expect(away.locator("[data-sum]")).to_contain_text("1 observatie, samen")
    expect(away.locator("[data-age]")).to_contain_text("De oudste wacht sinds")
    expect(away.locator("[data-unsent]")).to_contain_text("Op dit toestel")
    away.get_by_role("button", name="Probeer nu").click()
    expect(away.get_by_text("Het lukt nu nog niet.")).to_be_visible()
    back_online(away)
    away.get_by_role("button", name="Probeer nu").click()
    expect(away.locator("[data-unsent]")).to_contain_text("Verzonden")
    expect(away.get_by_text("Alles is verzonden.")).to_be_visible()


def test_what_still_waits_is_in_sight_on_every_way_in(away: Page, safari: Safari):
    away.goto("/today")
    expect(away.get_by_role("link", name="nog te verzenden, oudste van")).to_have_count(0)
    observe(away, safari)
    for path in ("/today", "/more", f"/safaris/{safari.id}"):
        away.goto(path)
        expect(away.get_by_role("link", name="1 nog te verzenden, oudste van")).to_be_visible()
    away.get_by_role("link", name="1 nog te verzenden").click()
    away.get_by_role("link", name="Terug").click()
    away.wait_for_url(f"**/safaris/{safari.id}")


def test_a_draft_is_there_as_a_draft_and_goes_on_where_it_was(away: Page, safari: Safari):
    away.goto(f"/safaris/{safari.id}/observations/new")
    away.locator("[name='answers.text']").fill("Nog niet af")
    expect(away.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()
    away.goto("/outbox")
    expect(away.locator("[data-unsent]")).to_contain_text("Concept")
    away.get_by_role("link", name="Ga verder").click()
    expect(away.locator("[name='answers.text']")).to_have_value("Nog niet af")


def test_of_a_large_photo_it_is_said_how_far_it_is(away: Page, safari: Safari, tmp_path: Path):
    large = tmp_path / "druk.jpg"
    Image.effect_noise((1600, 1200), 80).save(large, quality=95)
    observe(away, safari, photo=large)
    away.goto("/outbox")
    back_online(away)

    def first_part_only(route: Route) -> None:
        if route.request.method == "HEAD" or route.request.headers.get("upload-offset") == "0":
            route.continue_()
        else:
            route.abort()

    away.context.route("**/blobs/*", first_part_only)
    away.get_by_role("button", name="Probeer nu").click()
    expect(away.locator("[data-unsent] .files")).to_contain_text(re.compile(r"[1-9]\d?% verzonden"))
    away.context.unroute_all()
    away.get_by_role("button", name="Probeer nu").click()
    expect(away.get_by_text("Alles is verzonden.")).to_be_visible()


def test_of_a_colleague_on_the_same_phone_it_is_only_said_that_something_waits(away: Page, safari: Safari):
    observe(away, safari)
    away.evaluate(OF_DIRK)
    away.goto("/outbox")
    expect(away.get_by_text("Op dit toestel ligt ook werk van iemand anders")).to_be_visible()
    expect(away.locator("[data-unsent]")).to_have_count(1)
    expect(away.locator("[data-sum]")).to_contain_text("1 observatie, samen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, DESK, PHONE | {"viewport": {"width": 320, "height": 700}}])
def test_every_state_is_readable_for_everybody(open_context, safari: Safari, device, scheme):
    page = open_context(device, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True).new_page()
    sign_in(page, "carla")
    cut_off(page)
    page.goto("/outbox")
    wrong = [*axe(page), *small_targets(page)]
    observe(page, safari)
    page.goto("/outbox")
    refusing(page.context, 422, "photo.broken", "Deze foto is stuk. Kies een andere. Je notitie is bewaard.")
    page.get_by_role("button", name="Probeer nu").click()
    expect(page.get_by_text("Deze foto is stuk.")).to_be_visible()
    wrong += [*axe(page), *small_targets(page)]
    page.get_by_role("button", name="Bewaar als bestand").click()
    wrong += [*axe(page), *small_targets(page)]
    assert not wrong, "\n".join(wrong)
    assert sideways_scroll(page) <= 0
