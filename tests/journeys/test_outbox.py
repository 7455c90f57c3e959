"""*Nog te verzenden*: what is still on the phone, where it is, why not, and what Carla can do about it."""

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from app.database import database
from app.models.safari.table import Safari, SafariParticipant
from tests.cast import Cast
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.journeys.looking import axe, sideways_scroll, small_targets
from tests.makers_note import running_safari

pytestmark = pytest.mark.journey

SAW = "Rij tot aan de deur, één balie open."
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
    """Bas leads, Carla walks along."""
    with database().writing() as db:
        safari = running_safari(db, Cast.town_hall, Cast.bas)
        db.add(SafariParticipant(safari_id=safari.id, user_id=Cast.carla))
    return safari


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "rij.jpg"
    Image.new("RGB", (800, 600), "seagreen").save(path)
    return path


@pytest.fixture
def away(open_context) -> Page:
    """Carla's phone. Nothing that it says to our server about notes gets through."""
    page = open_context(PHONE, bypass_csp=True).new_page()
    sign_in(page, "carla")
    page.context.route("**/api/v1/**", lambda route: route.abort())
    return page


def observe(page: Page, safari: Safari, *, text: str = SAW, photo: Path | None = None) -> None:
    page.goto(f"/safaris/{safari.id}/observations/new")
    page.locator("[name='answers.text']").fill(text)
    if photo:
        page.locator("input[type=file]").first.set_input_files(photo)
        expect(page.locator("capture-media li img")).to_be_visible()
    page.get_by_role("button", name="Bewaar", exact=True).locator("visible=true").click()
    expect(page.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()


def back_online(page: Page) -> None:
    page.context.unroute("**/api/v1/**")


def refusing(context: BrowserContext, status: int, code: str, message: str) -> None:
    """The server's own no, whichever way a note is offered."""

    def answer(route: Route) -> None:
        error = {"code": code, "message": message, "fields": {}}
        if route.request.url.endswith("/sync"):
            notes = route.request.post_data_json["notes"]
            results = [{"id": n["id"], "status": status, "receipt": None, "error": error} for n in notes]
            route.fulfill(json={"results": results})
        elif route.request.url.endswith("/manifest"):
            asked = route.request.post_data_json
            said = [{"id": n["id"], "state": "unknown", "missing": [], "receipt": None} for n in asked]
            route.fulfill(json={"notes": said})
        else:
            route.fulfill(status=status, json={"error": error})

    context.unroute("**/api/v1/**")
    for address in ("**/api/v1/sync", "**/api/v1/manifest", "**/api/v1/field-notes/**"):
        context.route(address, answer)


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


def test_a_refused_note_says_why_and_goes_only_after_an_explicit_yes(away: Page, safari: Safari):
    observe(away, safari)
    away.goto("/outbox")
    refusing(away.context, 403, "forbidden", "Je rol laat dit niet toe. Vraag het je beheerder.")
    away.get_by_role("button", name="Probeer nu").click()
    row = away.locator("[data-unsent]")
    expect(row).to_contain_text("Niet gelukt")
    expect(row).to_contain_text("Je rol laat dit niet toe.")
    expect(row).to_contain_text("Probeer het daarna opnieuw.")
    row.get_by_role("button", name="Gooi weg").click()
    expect(away.get_by_role("dialog")).to_contain_text(SAW)
    away.get_by_role("dialog").get_by_role("button", name="Laat staan").click()
    away.reload()
    expect(row).to_contain_text("Niet gelukt")
    row.get_by_role("button", name="Gooi weg").click()
    away.get_by_role("dialog").get_by_role("button", name="Gooi weg").click()
    expect(row).to_have_count(0)
    expect(away.get_by_text("Alles is verzonden.")).to_be_visible()


def test_a_refused_note_can_be_sent_again(away: Page, safari: Safari):
    observe(away, safari)
    away.goto("/outbox")
    refusing(away.context, 403, "forbidden", "Je rol laat dit niet toe. Vraag het je beheerder.")
    away.get_by_role("button", name="Probeer nu").click()
    row = away.locator("[data-unsent]")
    expect(row).to_contain_text("Niet gelukt")
    away.context.unroute_all()
    row.get_by_role("button", name="Probeer opnieuw").click()
    expect(row).to_contain_text("Verzonden")


def test_who_is_signed_out_is_told_and_keeps_everything(away: Page, safari: Safari):
    observe(away, safari)
    away.goto("/outbox")
    back_online(away)
    away.context.clear_cookies()
    away.get_by_role("button", name="Probeer nu").click()
    expect(away.get_by_text("Je bent uitgelogd. Wat je opschreef is niet weg.")).to_be_visible()
    expect(away.locator("[data-unsent]")).to_contain_text("Op dit toestel")
    away.get_by_role("alert").get_by_role("link", name="Inloggen").click()
    away.wait_for_url("**/login?next=/outbox")


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


def test_everything_on_the_phone_fits_in_one_file_without_a_connection(
    away: Page, safari: Safari, tmp_path, photo
):
    observe(away, safari, photo=photo)
    away.goto("/outbox")
    away.context.set_offline(True)
    away.get_by_role("button", name="Bewaar als bestand").click()
    sheet = away.get_by_role("dialog")
    expect(sheet).to_contain_text("In dit bestand staat wat klanten zeiden.")
    with away.expect_download() as download:
        sheet.get_by_role("button", name="Bewaar als bestand").click()
    download.value.save_as(tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as kept:
        assert kept.testzip() is None
        index = json.loads(kept.read("index.json"))
        [note] = index["notes"]
        frozen = kept.read(f"outbox/{note['id']}.json")
        assert index["user_id"] == Cast.carla
        assert hashlib.sha256(frozen).hexdigest() == note["sha256"]
        assert json.loads(frozen)["answers"]["text"]["value"] == SAW
        [file] = note["attachments"]
        stored = kept.read(f"blobs/{note['id']}/{file['sha256']}")
        assert hashlib.sha256(stored).hexdigest() == file["sha256"]
    expect(away.locator("[data-unsent]")).to_contain_text("Op dit toestel")


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
    page.context.route("**/api/v1/**", lambda route: route.abort())
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
