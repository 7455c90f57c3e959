"""The whole job: from a customer's words on a phone to a card on the board and a CSV for the meeting."""

import csv
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, sign_in

pytestmark = pytest.mark.journey

STORY = "Ik heb drie kwartier in de rij gestaan. Toen zei ze: dat mag ik niet, dat kunt u online doen."
TITLE = "Laat de balie dit zelf regelen"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "rij.jpg"
    Image.new("RGB", (1200, 900), "seagreen").save(path)
    return path


def test_bas_hears_a_customer_and_the_team_does_something_about_it(open_context, photo: Path):
    phone = open_context(PHONE).new_page()
    sign_in(phone, "bas")
    begin_safari(phone)
    hold_interview(phone)
    observe_with_photo(phone, photo)
    open_story(phone)
    decide_labels(phone)
    raise_action(phone)
    desk = open_context(DESK).new_page()
    sign_in(desk, "bas")
    drag_to_chosen(desk)
    move_by_keyboard_to_doing(desk)
    assert_in_csv(desk)


def test_the_same_job_without_script(open_context, photo: Path):
    phone = open_context(PHONE, java_script_enabled=False).new_page()
    sign_in(phone, "bas")
    begin_safari(phone)
    fill_interview_form(phone)
    fill_observation_form(phone, photo)
    open_story(phone)
    decide_labels(phone)
    raise_action(phone)
    desk = open_context(DESK, java_script_enabled=False).new_page()
    sign_in(desk, "bas")
    move_by_link(desk, "Gekozen")
    move_by_link(desk, "Mee bezig")
    assert_in_csv(desk)


def begin_safari(page: Page) -> None:
    page.get_by_role("link", name="Op safari").first.click()
    page.get_by_role("button", name="Begin safari").click()
    expect(page.get_by_role("heading", name="Stadskantoor")).to_be_visible()


def hold_interview(page: Page) -> None:
    page.get_by_role("link", name="Gesprek beginnen").click()
    page.get_by_role("button", name="Ja, mag").click()
    expect(page.get_by_role("heading", name="Vraag 1 van 8")).to_be_visible()
    page.locator("[name='answers.story']").fill(STORY)
    following(page)
    choose(page, "Aan de balie")
    following(page)
    following(page)
    choose(page, "Nee")
    following(page)
    choose(page, "Ik hoorde: ‘dat mag ik niet’")
    following(page)
    choose(page, "6")
    following(page)
    following(page)
    following(page)
    page.get_by_role("button", name="Nee, dank u").click()
    page.get_by_role("button", name="Bewaar gesprek").locator("visible=true").click()
    expect(page.get_by_text("1 van 5 gesprekken")).to_be_visible()
    expect(page.get_by_text("Verzonden").first).to_be_visible()


def following(page: Page) -> None:
    page.get_by_role("button", name="Volgende").click()


def choose(page: Page, name: str) -> None:
    """Ticks the choice with these words on the screen that is open."""
    page.get_by_label(name, exact=True).locator("visible=true").check()


def observe_with_photo(page: Page, photo: Path) -> None:
    page.get_by_role("link", name="Observatie").click()
    choose(page, "Wachtrij")
    page.locator("input[type=file][name=photos]").set_input_files(photo)
    page.get_by_role("button", name="Bewaar").locator("visible=true").click()
    expect(page.get_by_role("link", name="Alle 2")).to_be_visible()


def fill_interview_form(page: Page) -> None:
    page.get_by_role("link", name="Gesprek beginnen").click()
    choose(page, "Ja, mag")
    page.locator("[name='answers.story']").fill(STORY)
    choose(page, "Aan de balie")
    choose(page, "6")
    page.get_by_role("button", name="Bewaar gesprek").click()
    expect(page.get_by_text("1 van 5 gesprekken")).to_be_visible()


def fill_observation_form(page: Page, photo: Path) -> None:
    page.get_by_role("link", name="Observatie").click()
    choose(page, "Wachtrij")
    page.locator("input[type=file][name=photos]").set_input_files(photo)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("link", name="Alle 2")).to_be_visible()


def open_story(page: Page) -> None:
    page.get_by_role("link", name="Alle 2").click()
    page.get_by_role("link", name="drie kwartier").click()
    expect(page.locator("mark").first).to_be_visible()
    assert page.locator("mark").first.inner_text() in STORY


def decide_labels(page: Page) -> None:
    page.get_by_role("button", name="Ja, ‘Wachten en snelheid’ past").click()
    expect(page.get_by_role("button", name="Terugdraaien: ‘Wachten en snelheid’")).to_be_visible()
    page.get_by_role("button", name="past niet").first.click()
    expect(page.get_by_text("1 label past niet")).to_be_visible()


def raise_action(page: Page) -> None:
    page.get_by_role("link", name="Maak actie van dit verhaal").click()
    page.get_by_label("Wat gaan jullie doen?").fill(TITLE)
    page.locator("input[name=kind][value=room]").check()
    page.get_by_label("Wie pakt dit op?").select_option(label="Carla Smit")
    choose(page, "Het team mag dit zelf")
    page.get_by_role("button", name="Maak actie").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def column(page: Page, name: str):
    return page.locator("section.col").filter(has=page.get_by_role("heading", name=name))


def drag_to_chosen(page: Page) -> None:
    page.goto("/actions")
    column(page, "Nieuw").locator(".card").hover()
    page.mouse.down()
    goal = column(page, "Gekozen").locator("card-list").bounding_box() or {}
    page.mouse.move(goal["x"] + 80, goal["y"] + 30, steps=15)
    expect(column(page, "Gekozen").locator(".card").first).to_be_visible()
    page.mouse.up()
    expect(page.locator("#said")).to_contain_text("Gekozen")
    page.reload()
    expect(column(page, "Gekozen").locator(".card")).to_contain_text(TITLE)


def move_by_keyboard_to_doing(page: Page) -> None:
    page.get_by_role("link", name=f"Verplaats: {TITLE}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("3")
    expect(column(page, "Mee bezig").locator(".card")).to_contain_text(TITLE)
    expect(page.get_by_role("link", name=f"Verplaats: {TITLE}")).to_be_focused()


def move_by_link(page: Page, step: str) -> None:
    page.goto("/actions")
    page.get_by_role("link", name=f"Verplaats: {TITLE}").click()
    page.get_by_role("button", name=step).click()
    expect(column(page, step).locator(".card")).to_contain_text(TITLE)


def assert_in_csv(page: Page) -> None:
    page.goto("/exports")
    with page.expect_download() as notes:
        page.locator("button[formaction='/exports/field-notes.csv']").click()
    rows = read(notes.value.path())
    assert [row["answer.story"] for row in rows if row["kind"] == "interview"] == [STORY]
    assert {row["nps"] for row in rows} == {"6", ""}
    with page.expect_download() as actions:
        page.locator("button[formaction='/exports/actions.csv']").click()
    assert [(row["title"], row["step"]) for row in read(actions.value.path())] == [(TITLE, "doing")]


def read(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
