"""A phone that Carla signed out of: offline it tells nobody anything, and what she had not sent is there, locked."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Error, Page, expect
from sqlmodel import select

from app.database import database
from app.errors import TooMany
from app.models.attachment.table import Attachment
from app.models.delivery import receiving
from app.models.field_note.table import FieldNote
from app.models.safari.table import Safari, SafariParticipant
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.makers_note import running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]

GOAL = "Vindt iedereen de goede balie?"
SAW = "Mevrouw stond een kwartier in de regen."
UNFINISHED = "De automaat gaf geen bonnetje."
PRIVATE = [GOAL, SAW, UNFINISHED, "Carla", "Smit", "Bas de Wit", "Stadskantoor", "carla@"]

# Everything that this browser keeps for us, as one text. Bytes are read as the letters they might be.
DUMP = """
async () => {
  const text = (value) => JSON.stringify(value, (_, one) => {
    if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) return new TextDecoder().decode(one);
    return one instanceof CryptoKey ? "a key" : one;
  });
  const parts = [text({...localStorage}), text({...sessionStorage}), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      const kept = await cache.match(asked, {ignoreVary: true});
      parts.push(name, asked.url, text([...kept.headers]), await kept.text());
    }
  }
  const stores = {};
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
    });
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store).getAll();
      stores[store] = await new Promise((done) => { all.onsuccess = () => done(all.result); });
    }
    db.close();
  }
  parts.push(text(stores));
  const locked = (store) => stores[store].map((row) => (row.locked ? row.locked.byteLength > 0 : false));
  return {
    text: parts.join("\\n"),
    locked: {drafts: locked("drafts"), outbox: locked("outbox"), blobs: locked("blobs")},
    meta: stores.meta.map((row) => row.name),
    pages: stores.pages.length,
  };
}
"""

OTHERS = ("/", "/today", "/safaris", "/safaris/new", "/outbox", "/field-notes", "/me", "/offline")


@pytest.fixture
def safari(stage) -> Safari:
    """Bas leads, Carla walks along."""
    with database().writing() as db:
        safari = running_safari(db, Cast.town_hall, Cast.bas, goal=GOAL)
        db.add(SafariParticipant(safari_id=safari.id, user_id=Cast.carla))
    return safari


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "rij.jpg"
    Image.new("RGB", (800, 600), "seagreen").save(path)
    return path


@pytest.fixture
def carla(open_context, safari: Safari) -> Page:
    """Her phone, with the safari on it for underground."""
    page = open_context(PHONE, service_workers="allow").new_page()
    sign_in(page, "carla")
    page.goto(f"/safaris/{safari.id}")
    expect(page.get_by_text("Gids staat op dit toestel")).to_be_visible(timeout=20_000)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    return page


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The server asks every phone to come back later; undo() ends that."""

    def not_now(*_: Any) -> Any:
        raise TooMany("busy", seconds=1)

    monkeypatch.setattr(receiving, "_taken_in", not_now)
    return monkeypatch


def test_after_signing_out_the_phone_tells_nobody_anything_and_loses_nothing(
    carla: Page, safari: Safari, photo: Path, busy: pytest.MonkeyPatch
):
    leave_work_behind(carla, safari, photo)
    carla.context.set_offline(True)
    carla.goto(f"/safaris/{safari.id}")
    expect(carla.get_by_text(GOAL)).to_be_visible()
    readable = dump(carla)["text"]
    assert [word for word in (GOAL, SAW, UNFINISHED, "Carla", "Stadskantoor") if word not in readable] == []
    carla.context.set_offline(False)

    sign_out_anyway(carla)
    carla.context.set_offline(True)
    seen = crawl(carla, safari)
    kept = dump(carla)
    assert [word for word in PRIVATE if word in seen] == []
    assert [word for word in PRIVATE if word in kept["text"]] == []
    assert kept["locked"] == {"drafts": [True], "outbox": [True], "blobs": [True]}
    assert kept["pages"] == 0
    assert [name for name in kept["meta"] if name == "user" or name.startswith("key:")] == []

    busy.undo()
    carla.goto("about:blank")
    carla.context.set_offline(False)
    sign_in(carla, "carla")
    carla.goto("/outbox")
    expect(carla.locator("[data-unsent]").filter(has_text=UNFINISHED)).to_contain_text("Concept")
    expect(carla.get_by_text("Alles is verzonden.")).to_be_visible()
    the_server_has_it_whole()


def test_dirk_on_the_same_phone_neither_sees_nor_sends_what_carla_left(
    carla: Page, safari: Safari, photo: Path, busy: pytest.MonkeyPatch
):
    leave_work_behind(carla, safari, photo)
    sign_out_anyway(carla)
    busy.undo()
    sign_in(carla, "dirk")
    carla.goto("/outbox")
    expect(carla.get_by_text("Op dit toestel ligt ook werk van iemand anders, op slot.")).to_be_visible()
    expect(carla.get_by_text("Alles is verzonden.")).to_be_visible()
    expect(carla.locator("[data-unsent]")).to_have_count(0)
    kept = dump(carla)
    assert [word for word in (SAW, UNFINISHED, GOAL, "Carla") if word in kept["text"]] == []
    with database().reading() as db:
        assert db.exec(select(FieldNote)).all() == []


def test_carla_can_stay_or_send_first(carla: Page, safari: Safari, photo: Path, busy: pytest.MonkeyPatch):
    leave_work_behind(carla, safari, photo)
    carla.goto("/more")
    carla.get_by_role("button", name="Uitloggen").click()
    sheet = carla.get_by_role("dialog")
    expect(sheet).to_contain_text("Er is nog 1 ding niet verzonden. Er is nog 1 concept niet af.")
    expect(sheet).to_contain_text("Log je uit, dan blijft dat op slot op dit toestel.")
    sheet.get_by_role("button", name="Blijf").click()
    expect(carla).to_have_url("/more")
    busy.undo()
    carla.get_by_role("button", name="Uitloggen").click()
    sheet.get_by_role("button", name="Verzend eerst").click()
    carla.wait_for_url("**/outbox")
    expect(carla.get_by_text("Alles is verzonden.")).to_be_visible()
    the_server_has_it_whole()


def test_who_has_nothing_left_signs_out_at_once(carla: Page):
    carla.goto("/me")
    carla.get_by_role("button", name="Uitloggen").first.click()
    carla.wait_for_url("**/login")
    assert dump(carla)["pages"] == 0


def test_without_a_connection_it_says_that_signing_out_needs_one(carla: Page):
    carla.goto("/more")
    carla.context.set_offline(True)
    carla.get_by_role("button", name="Uitloggen").click()
    sheet = carla.get_by_role("dialog")
    expect(sheet).to_contain_text("Uitloggen kan alleen met internet")
    expect(sheet.get_by_role("button", name="Log toch uit")).to_be_hidden()
    sheet.get_by_role("button", name="Blijf").click()
    assert dump(carla)["pages"] > 0


def leave_work_behind(page: Page, safari: Safari, photo: Path) -> None:
    """A photo with words that the server did not take, and a draft."""
    page.goto(f"/safaris/{safari.id}/observations/new")
    page.locator("[name='answers.text']").fill(SAW)
    page.locator("input[type=file]").first.set_input_files(photo)
    expect(page.locator("capture-media li img")).to_be_visible()
    page.get_by_role("button", name="Bewaar", exact=True).locator("visible=true").click()
    expect(page.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()
    page.goto(f"/safaris/{safari.id}/observations/new")
    page.locator("[name='answers.text']").fill(UNFINISHED)
    expect(page.get_by_text("Opgeslagen op dit toestel").first).to_be_visible()


def sign_out_anyway(page: Page) -> None:
    page.goto("/more")
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("dialog").get_by_role("button", name="Log toch uit").click()
    page.wait_for_url("**/login")


def crawl(page: Page, safari: Safari) -> str:
    """What every address of before shows now; one that shows nothing at all is fine."""
    seen = ""
    here = f"/safaris/{safari.id}"
    capture = [here, f"{here}/interviews/new", f"{here}/observations/new", f"{here}/closure"]
    for path in [*capture, *OTHERS]:
        try:
            page.goto(path)
        except Error:
            continue
        seen += page.content()
    return seen


def dump(page: Page) -> dict[str, Any]:
    return page.evaluate(DUMP)


def the_server_has_it_whole() -> None:
    with database().reading() as db:
        note = db.exec(select(FieldNote)).one()
        file = db.exec(select(Attachment)).one()
    assert note.author_id == Cast.carla
    assert file.note_id == note.id
    assert note.headline == SAW
