"""The whole safari below ground: begun, held, cut short twice and closed without a network, and sent afterwards."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect
from sqlmodel import Session, col, select

from app import storage
from app.database import database
from app.models.attachment.table import Attachment
from app.models.field_note.table import FieldNote, NoteKind, Receipt
from app.models.safari.table import Safari, SafariState
from tests.bench.server import free_port, started
from tests.cast import Cast
from tests.faults import phones
from tests.faults.phones import Phone
from tests.journeys.conftest import FAKE_MICROPHONE
from tests.makers import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.phone]

STORIES = ("Ik heb drie kwartier in de rij gestaan.", "Niemand kon me zeggen waar ik moest zijn.")
SEEN = ("Wachtrij", "Bord", "Druk", "Uitleg", "Vriendelijk")
DEBRIEF = "Iedereen zoekt de balie."


@pytest.fixture
def server(stage: None) -> Callable[[], AbstractContextManager[Any]]:
    """`with server():` the app is there, at the same address every time; after it nobody answers."""
    port = free_port()

    def serve() -> AbstractContextManager[Any]:
        return started(["app", "serve", "--port", str(port)], port, "/health/ready")

    serve.address = f"http://localhost:{port}"  # type: ignore[attr-defined]
    return serve


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    monkeypatch.setattr(phones, "FLAGS", (*phones.FLAGS, *FAKE_MICROPHONE))
    made = Phone(playwright, tmp_path / "profile")
    yield made
    made.kill()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "rij.jpg", tmp_path / "bord.jpg"]
    for path, colour in zip(paths, ("seagreen", "goldenrod"), strict=True):
        Image.new("RGB", (1200, 900), colour).save(path)
    return paths


def test_bas_goes_underground_and_everything_comes_up_again(server: Any, phone: Phone, photos: list[Path]):
    with database().writing() as db:
        cookie = session_cookie(db, Cast.bas)
    with server():
        page = phone.open(cookie, server.address)
        page.goto(f"{server.address}/safaris/new")
        expect(page.get_by_text("Gids staat op dit toestel")).to_be_visible()
    phone.context.set_offline(True)
    field = begin(page, server.address)
    talk(page, STORIES[0])
    for word in SEEN[:2]:
        observe(page, word)
    photograph(page, photos[0])
    page = cut_short(phone, page, server.address)
    for word in SEEN[2:4]:
        observe(page, word)
    photograph(page, photos[1])
    speak(page)
    talk(page, STORIES[1])
    close(page)
    there = {row["id"]: row["sha256"] for row in phone.rows("outbox")}
    held = {row["id"].partition("/")[2] for row in phone.rows("blobs")}
    assert (len(there), len(held)) == (12, 3)
    page.goto(f"{server.address}/outbox")
    with server():
        phone.sign_in(cookie, server.address)
        phone.context.set_offline(False)
        expect(page.locator("[data-unsent]").filter(has_text="Verzonden")).to_have_count(12, timeout=60_000)
        assert phone.unsent() == set()
        page.goto(field)
        expect(page.get_by_text(DEBRIEF)).to_be_visible()
        with database().reading() as db:
            assert_exactly(db, field.rpartition("/")[2], there, held)


def begin(page: Page, address: str) -> str:
    """On the form that the phone kept; the address of the safari it makes."""
    page.goto(f"{address}/safaris/new")
    page.get_by_label("Wat wil je te weten komen?").fill("Waar <zoekt> men naar?")
    page.get_by_role("button", name="Begin safari").click()
    expect(page.get_by_role("heading", name="Stadskantoor")).to_be_visible()
    expect(page.get_by_text("Waar <zoekt> men naar?")).to_be_visible()
    expect(page.locator("[data-offline]")).to_be_visible()
    return page.url


def talk(page: Page, story: str) -> None:
    page.get_by_role("link", name="Gesprek beginnen").click()
    page.get_by_role("button", name="Ja, mag").click()
    page.locator("[name='answers.story']").fill(story)
    page.get_by_role("button", name="Overzicht").click()
    page.get_by_role("button", name="Kijk na").locator("visible=true").click()
    page.get_by_role("button", name="Bewaar gesprek").locator("visible=true").click()
    back(page)
    expect(page.get_by_role("link", name=story).or_(page.get_by_text(story))).to_be_visible()


def observe(page: Page, word: str) -> None:
    page.get_by_role("link", name="Observatie").click()
    page.get_by_label(word, exact=True).check()
    keep(page)


def photograph(page: Page, photo: Path) -> None:
    page.get_by_role("link", name="Foto").click()
    page.locator("input[type=file][name=photos]").set_input_files(photo)
    expect(page.locator("[data-kept] img")).to_be_visible()
    keep(page)


def speak(page: Page) -> None:
    page.get_by_role("link", name="Inspreken").click()
    page.get_by_role("button", name="Spreek in").click()
    expect(page.locator("[data-timer]")).to_have_text("0.02")
    page.get_by_role("button", name="Stop met opnemen").click()
    expect(page.locator("[data-kept] audio")).to_be_visible()
    keep(page)


def keep(page: Page) -> None:
    page.get_by_role("button", name="Bewaar", exact=True).locator("visible=true").click()
    back(page)


def back(page: Page) -> None:
    expect(page.locator("[data-done-state]")).to_have_text("Opgeslagen op dit toestel")
    page.get_by_role("link", name="Terug naar je safari").click()
    expect(page.get_by_role("heading", name="Stadskantoor")).to_be_visible()


def cut_short(phone: Phone, page: Page, address: str) -> Page:
    """An observation that survives a reload, and then the end of the whole browser."""
    page.get_by_role("link", name="Observatie").click()
    page.get_by_label(SEEN[4], exact=True).check()
    on_device(page)
    page.reload()
    expect(page.get_by_label(SEEN[4], exact=True)).to_be_checked()
    page.get_by_label("In je eigen woorden").fill("Net voor het uitvallen.")
    on_device(page)
    phone.kill()
    page = phone.open()
    phone.context.set_offline(True)
    page.goto(f"{address}/today")
    expect(page.get_by_role("heading", name="Geen internet")).to_be_visible()
    page.get_by_role("link", name="Stadskantoor").click()
    page.get_by_role("link", name="Net voor het uitvallen.").click()
    expect(page.get_by_label("In je eigen woorden")).to_have_value("Net voor het uitvallen.")
    expect(page.get_by_label(SEEN[4], exact=True)).to_be_checked()
    keep(page)
    return page


def on_device(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text("Opgeslagen op dit toestel")


def close(page: Page) -> None:
    expect(page.get_by_text("2 van 5 gesprekken")).to_be_visible()
    page.get_by_role("link", name="Afronden").click()
    page.get_by_label("Wat viel je het meest op?").fill(DEBRIEF)
    page.get_by_role("button", name="Rond safari af").click()
    expect(page.get_by_text("Afgerond op dit toestel")).to_be_visible()
    expect(page.get_by_role("link", name="Gesprek beginnen")).to_be_hidden()


def assert_exactly(db: Session, safari_id: str, there: dict[str, str], held: set[str]) -> None:
    """One safari, the ten notes with the very bytes of the phone, and its three files."""
    safari = db.exec(select(Safari)).one()
    assert (safari.id, safari.state, safari.debrief) == (safari_id, SafariState.CLOSED, DEBRIEF)
    assert (safari.leader_id, safari.location_id, safari.target) == (Cast.bas, Cast.town_hall, 5)
    notes = db.exec(select(FieldNote)).all()
    assert sorted(note.kind for note in notes) == [NoteKind.INTERVIEW] * 2 + [NoteKind.OBSERVATION] * 8
    assert {note.answers["story"]["value"] for note in notes if note.kind == NoteKind.INTERVIEW} == set(
        STORIES
    )
    receipts = {receipt.note_id: receipt.sha256 for receipt in db.exec(select(Receipt))}
    assert len(receipts) == 10
    assert receipts.items() <= there.items()
    files = db.exec(select(Attachment).order_by(col(Attachment.kind))).all()
    assert [file.kind for file in files] == ["photo", "photo", "voice"]
    assert {file.sha256 for file in files} == held
    voice = files[-1]
    assert hashlib.sha256(storage.path_of(voice.blob).read_bytes()).hexdigest() == voice.sha256
