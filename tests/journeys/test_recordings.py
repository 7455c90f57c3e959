"""Photos and spoken notes on a phone: there at once, playable, and on the server as they were."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect
from sqlmodel import select

from app import storage
from app.database import database
from app.models.attachment.table import Attachment, AttachmentKind
from tests import makers_file as files
from tests.journeys.conftest import PHONE, sign_in
from tests.journeys.recordings import hashes, seconds_of_voice, slices, wait_for_slices
from tests.journeys.test_first_safari import begin_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]


@pytest.fixture
def observing(open_context) -> Page:
    """Bas's phone, on a new observation."""
    page = open_context(PHONE).new_page()
    sign_in(page, "bas")
    begin_safari(page)
    page.get_by_role("link", name="Observatie").click()
    expect(page.get_by_role("button", name="Spreek in")).to_be_visible()
    return page


def record(page: Page, least: int) -> None:
    page.get_by_role("button", name="Spreek in").click()
    expect(page.get_by_role("button", name="Stop met opnemen")).to_be_visible()
    wait_for_slices(page, least)


def save(page: Page) -> None:
    page.get_by_role("button", name="Bewaar").locator("visible=true").click()
    page.wait_for_url("**/safaris/*saved=1")


def arrived() -> list[Attachment]:
    with database().reading() as db:
        return list(db.exec(select(Attachment)).all())


def test_two_taps_make_a_recording_that_plays_and_arrives_as_it_was(observing: Page):
    record(observing, 2)
    expect(observing.locator("[data-timer]")).to_contain_text("0.0")
    observing.get_by_role("button", name="Stop met opnemen").click()
    expect(observing.locator("[data-kept] audio")).to_be_visible()
    assert slices(observing) == 0
    assert seconds_of_voice(observing) > 1.5
    on_phone = hashes(observing)
    save(observing)
    [voice] = arrived()
    assert (voice.kind, voice.media_type) == (AttachmentKind.VOICE, "audio/webm")
    assert [voice.sha256] == on_phone
    assert hashlib.sha256(storage.path_of(voice.blob).read_bytes()).hexdigest() == on_phone[0]


def test_a_reload_in_the_middle_of_a_recording_leaves_what_was_said(observing: Page):
    record(observing, 3)
    observing.reload()
    expect(observing.locator("[data-kept] audio")).to_have_count(1)
    expect(observing.get_by_role("button", name="Spreek in")).to_be_visible()
    assert slices(observing) == 0
    assert seconds_of_voice(observing) > 3.5
    on_phone = hashes(observing)
    save(observing)
    assert [voice.sha256 for voice in arrived()] == on_phone


def test_bewaar_in_the_middle_of_a_recording_takes_the_recording_along(observing: Page):
    record(observing, 2)
    save(observing)
    [voice] = arrived()
    assert voice.kind == AttachmentKind.VOICE
    assert voice.size > 1000


def test_the_note_is_on_the_phone_before_the_microphone_opens(observing: Page):
    observing.evaluate(
        """() => { navigator.mediaDevices.getUserMedia = async () => {
          const opened = await new Promise((done) => {
            indexedDB.open('klantsafari').onsuccess = (event) => done(event.target.result);
          });
          opened.transaction('drafts').objectStore('drafts').count().onsuccess = (event) => {
            document.body.dataset.drafts = event.target.result;
          };
          throw new DOMException('', 'NotAllowedError');
        } }"""
    )
    observing.get_by_role("button", name="Spreek in").click()
    expect(observing.get_by_role("alert").locator("visible=true")).to_have_text(
        "De microfoon doet het niet. Kies hieronder een opname."
    )
    expect(observing.locator("body")).to_have_attribute("data-drafts", "1")
    expect(observing.locator("#voice")).to_be_visible()


def test_the_screen_stays_awake_while_recording(observing: Page):
    observing.evaluate(
        """() => { navigator.wakeLock.request = async (kind) => {
          document.body.dataset.awake = kind;
          const lock = new EventTarget();
          lock.release = async () => { delete document.body.dataset.awake; };
          return lock;
        } }"""
    )
    record(observing, 0)
    expect(observing.locator("body")).to_have_attribute("data-awake", "screen")
    observing.get_by_role("button", name="Stop met opnemen").click()
    expect(observing.locator("body")).not_to_have_attribute("data-awake", "screen")


def test_a_recording_stops_when_the_microphone_is_taken_away(observing: Page):
    observing.evaluate(
        """() => {
          const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getUserMedia = async (wish) => (window.heard = await real(wish));
        }"""
    )
    record(observing, 2)
    observing.evaluate("() => window.heard.getTracks()[0].dispatchEvent(new Event('mute'))")
    expect(observing.locator("[data-kept] audio")).to_be_visible()
    assert seconds_of_voice(observing) > 1.5


def take(page: Page, *contents: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> None:
    page.locator("#photos").set_input_files(
        [FilePayload(name=name, mimeType=kind, buffer=content) for content in contents]
    )


def problem(page: Page):
    return page.locator("capture-media [data-problem]")


def test_a_photo_of_an_iphone_that_this_phone_cannot_show_is_kept_and_arrives(observing: Page):
    take(observing, files.heic(), name="IMG_1.HEIC", kind="")
    expect(observing.locator("[data-kept] li")).to_contain_text("Foto 1, HEIC")
    expect(observing.get_by_text("Je ziet deze foto zodra hij verzonden is.")).to_be_visible()
    save(observing)
    [photo] = arrived()
    assert photo.sha256 == hashlib.sha256(files.heic()).hexdigest()
    assert (photo.media_type, photo.width, photo.height) == ("image/jpeg", 640, 480)


def test_a_photo_leaves_the_phone_small_and_without_its_place(observing: Page):
    take(observing, files.jpeg((4000, 3000), quality=95))
    expect(observing.locator("[data-kept] img")).to_be_visible()
    save(observing)
    [photo] = arrived()
    assert (photo.width, photo.height) == (2048, 1536)


def test_each_photo_that_cannot_be_kept_says_why_when_it_is_taken(observing: Page, tmp_path: Path):
    observing.locator("[name='answers.text']").fill("Rij tot de deur")
    take(observing, files.html())
    expect(problem(observing)).to_have_text(
        "Deze foto kunnen we niet lezen. Kies een andere. Je tekst is bewaard."
    )
    large = tmp_path / "groot.heic"
    large.write_bytes(files.heic()[:100] + bytes(15_000_000))
    observing.locator("#photos").set_input_files(large)
    expect(problem(observing)).to_have_text("Deze foto is te groot. Kies een kleinere. Je tekst is bewaard.")
    take(observing, files.jpeg())
    expect(problem(observing)).to_be_hidden()
    expect(observing.locator("[data-kept] li")).to_have_count(1)
    observing.evaluate("() => { navigator.storage.estimate = async () => ({quota: 1000000, usage: 999999}) }")
    take(observing, files.jpeg(colour=(1, 2, 3)))
    expect(problem(observing)).to_have_text("De foto past niet meer op dit toestel. Je tekst is bewaard.")
    observing.get_by_role("button", name="Spreek in").click()
    expect(problem(observing)).to_have_text("De opname past niet meer op dit toestel. Je tekst is bewaard.")
    expect(observing.locator("[data-kept] li")).to_have_count(1)
    observing.reload()
    expect(observing.locator("[name='answers.text']")).to_have_value("Rij tot de deur")
    expect(observing.locator("[data-kept] img")).to_have_count(1)


def test_the_thirty_first_photo_is_refused_when_it_is_taken(observing: Page):
    take(observing, *(files.jpeg((32, 32), colour=(8 * n, 0, 99)) for n in range(31)))
    expect(problem(observing)).to_have_text("Een verhaal heeft hooguit 30 bestanden. Je tekst is bewaard.")
    expect(observing.locator("[data-kept] li")).to_have_count(30)
    observing.get_by_role("button", name="Spreek in").click()
    expect(problem(observing)).to_have_text("Een verhaal heeft hooguit 30 bestanden. Je tekst is bewaard.")
    expect(observing.get_by_role("button", name="Stop met opnemen")).to_be_hidden()


def test_a_photo_taken_away_again_is_not_sent(observing: Page):
    take(observing, files.jpeg(), files.jpeg(colour=(0, 200, 0)))
    expect(observing.locator("[data-kept] li")).to_have_count(2)
    observing.get_by_role("button", name="Verwijder: Foto 1").click()
    expect(observing.locator("[data-kept] li")).to_have_count(1)
    save(observing)
    assert len(arrived()) == 1


def test_a_large_photo_cut_off_halfway_goes_on_where_it_stopped(observing: Page):
    begins = []

    def pass_on(route) -> None:
        begins.append(int(route.request.headers.get("upload-offset", "-1")))
        if len(begins) == 2:
            return route.abort()
        return route.continue_()

    observing.route(
        "**/blobs/*", lambda route: pass_on(route) if route.request.method == "PUT" else route.continue_()
    )
    noise = Image.effect_noise((2000, 1500), 90).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=90)
    take(observing, written.getvalue())
    expect(observing.locator("[data-kept] img")).to_be_visible()
    on_phone = hashes(observing)
    observing.get_by_role("button", name="Bewaar").locator("visible=true").click()
    observing.wait_for_function("() => document.querySelector('[data-done]')?.hidden === false")
    while len(begins) < 2:
        observing.wait_for_event("requestfailed")
    observing.evaluate("dispatchEvent(new Event('online'))")
    observing.wait_for_url("**/safaris/*saved=1")
    assert begins[0] == 0
    assert begins[2] == begins[1] > 0
    assert [photo.sha256 for photo in arrived()] == on_phone
