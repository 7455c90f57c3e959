"""*Nog te verzenden* when sending does not work out: why, and what Carla can do about it."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.commands.bringing import bring_in
from app.database import database
from app.models.attachment.table import Attachment
from app.models.field_note.table import FieldNote
from app.models.safari.table import Safari
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.journeys.unsent import SAW, back_online, carlas_safari, cut_off, observe, refusing

pytestmark = [pytest.mark.journey, pytest.mark.phone]


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


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "rij.jpg"
    Image.new("RGB", (800, 600), "seagreen").save(path)
    return path


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
    away.context.set_offline(False)
    arrives_once_by_file_and_by_phone(away, tmp_path / "kept.zip")


def arrives_once_by_file_and_by_phone(page: Page, kept: Path) -> None:
    bring_in(kept, "carla@klantsafari.example")
    back_online(page)
    # The phone may have begun by itself, and the button be on its way out.
    page.locator("[data-retry-all]").dispatch_event("click")
    expect(page.get_by_text("Alles is verzonden.")).to_be_visible()
    with database().reading() as db:
        note = db.exec(select(FieldNote)).one()
        file = db.exec(select(Attachment)).one()
    assert (note.author_id, note.headline, file.note_id) == (Cast.carla, SAW, note.id)
