"""A new version is put in place while Bas is writing: it waits until he is done."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.database import database
from tests.bench.server import free_port
from tests.cast import Cast
from tests.faults.releases import Releases
from tests.faults.worker import await_worker
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_note import running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

WORDS = "De lift is stuk, zegt iedereen."
NEXT_IS_READY = """async () => {
  const found = await navigator.serviceWorker.getRegistration();
  await found.update();
  const until = Date.now() + 30000;
  while (found.waiting?.state !== "installed") {
    if (Date.now() > until) throw new Error("no new worker");
    await new Promise(later => setTimeout(later, 50));
  }
}"""


def test_a_new_version_waits_for_a_draft_that_is_open(open_context, tmp_path: Path):
    with database().writing() as db:
        safari = running_safari(db, Cast.town_hall, Cast.bas).id
    releases, port = Releases(tmp_path / "app"), free_port()
    phone = open_context(PHONE, service_workers="allow", base_url=f"http://localhost:{port}").new_page()
    releases.release(1)
    bar = phone.get_by_text("Nieuwe versie klaar")
    with releases.serving(port):
        sign_in(phone, "bas")
        phone.goto(f"/safaris/{safari}/observations/new")
        await_worker(phone, f"/safaris/{safari}")
        phone.locator("[name='answers.text']").fill(WORDS)
        expect(phone.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()
        releases.release(2)
        phone.evaluate(NEXT_IS_READY)
        expect(bar).to_be_hidden()
        expect(phone.locator("[name='answers.text']")).to_have_value(WORDS)
        assert phone.evaluate("document.documentElement.dataset.release") == "1"
        phone.get_by_role("button", name="Bewaar").locator("visible=true").first.click()
        expect(bar).to_be_visible()
        with phone.expect_event("load"):
            phone.get_by_role("button", name="Ververs").click()
        assert phone.evaluate("document.documentElement.dataset.release") == "2"
        phone.goto(f"/safaris/{safari}")
        expect(phone.get_by_text(WORDS).first).to_be_visible()
        expect(bar).to_be_hidden()
