"""Twenty labels a minute: by keyboard at a desk, by thumb on a phone, with the network off, and without script."""

import time
from collections import Counter

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from app.database import database
from app.models.field_note.table import Tagging, TaggingState
from app.models.tag.table import Tag
from tests.cast import Cast
from tests.journeys.conftest import PHONE, sign_in
from tests.looking import look
from tests.makers_safari import note, safari, suggestion

pytestmark = [pytest.mark.journey, pytest.mark.phone]

STORY = "Goedemorgen. Ik moest een half uur wachten! Daarna ging het goed."
SPANS = [{"field": "story", "start": 13, "end": 42, "sentiment": "negative"}]
LAST_SECONDS = 20


def suggested(many: int) -> list[str]:
    """So many stories of the town hall with one suggestion each, in the order in which they are asked about."""
    with database().writing() as db:
        outing = safari(db)
        said = {"answers": {"story": {"value": STORY, "literal": True}}}
        return [
            suggestion(db, note(db, outing, **said), spans=SPANS, score=round(0.5 + n / 100, 3)).id
            for n in range(many)
        ]


def states() -> Counter[str]:
    return Counter(str(state) for state in look(select(Tagging.state)))


def state(tagging_id: str) -> TaggingState:
    return look(select(Tagging.state).where(Tagging.id == tagging_id))[0]


def until(so, seconds: float = 8.0) -> None:
    """The page shows the next one at once; what it sends arrives a moment later."""
    ends = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < ends, states()
        time.sleep(0.05)


def ready(page: Page) -> None:
    """The keys work from here."""
    expect(page.locator("[data-card]")).to_be_focused()


def left(page: Page, many: int):
    expect(page.locator("[data-left]")).to_have_text(f"nog {many}" if many else "klaar")


def test_bas_checks_twenty_labels_by_keyboard_within_twenty_seconds_and_takes_the_last_back(desk: Page):
    taggings = suggested(25)
    sign_in(desk, "bas")
    desk.goto("/tags/review")
    ready(desk)
    expect(desk.get_by_text("overslaan")).to_be_visible()
    began = time.monotonic()
    for number in range(20):
        left(desk, 25 - number)
        desk.keyboard.press(("j", "Enter", "n")[number % 3])
    left(desk, 5)
    assert time.monotonic() - began < LAST_SECONDS
    until(lambda: states() == {"accepted": 14, "rejected": 6, "suggested": 5})
    desk.keyboard.press("u")
    left(desk, 6)
    until(lambda: state(taggings[19]) == TaggingState.SUGGESTED)
    assert states() == {"accepted": 13, "rejected": 6, "suggested": 6}
    assert look(select(Tagging.decided_by_id).where(Tagging.id == taggings[0])) == [Cast.bas]
    desk.keyboard.press("ArrowRight")
    for _ in range(5):
        desk.keyboard.press("j")
    expect(desk.get_by_text("Wat je oversloeg, staat nog open.")).to_be_visible()
    desk.get_by_role("link", name="Begin weer vooraan").click()
    ready(desk)
    desk.keyboard.press("j")
    expect(desk.get_by_text("Alles is nagekeken. Mooi.")).to_be_visible()
    until(lambda: states()["suggested"] == 0)


def test_keys_do_nothing_outside_and_never_double_a_button(desk: Page):
    suggested(3)
    sign_in(desk, "bas")
    desk.goto("/tags/review")
    desk.get_by_role("button", name="Nee").focus()
    desk.keyboard.press("Enter")
    left(desk, 2)
    until(lambda: states() == {"rejected": 1, "suggested": 2})
    desk.get_by_role("link", name="Acties").focus()
    desk.keyboard.press("j")
    left(desk, 2)


def test_decisions_made_without_a_connection_arrive_afterwards(open_context):
    taggings = suggested(4)
    context = open_context(PHONE, service_workers="allow")
    phone = context.new_page()
    sign_in(phone, "bas")
    phone.goto("/tags/review")
    left(phone, 4)
    context.set_offline(True)
    phone.get_by_role("button", name="Ja").tap()
    left(phone, 3)
    phone.get_by_role("button", name="Nee").tap()
    left(phone, 2)
    phone.get_by_role("button", name="Ja").tap()
    expect(phone.get_by_text("Geen verbinding. 3 nog te verzenden.")).to_be_visible()
    phone.get_by_role("button", name="Terugdraaien").tap()
    expect(phone.get_by_text("Geen verbinding. 4 nog te verzenden.")).to_be_visible()
    assert states() == {"suggested": 4}
    phone.close()
    context.set_offline(False)
    later = context.new_page()
    later.goto("/today")
    until(lambda: [state(one) for one in taggings] == ["accepted", "rejected", "suggested", "suggested"])
    later.goto("/tags/review")
    left(later, 2)
    expect(later.locator("[data-queue]")).to_be_hidden()


def test_the_page_itself_sends_when_the_connection_is_back(open_context):
    suggested(3)
    context = open_context(PHONE)
    phone = context.new_page()
    sign_in(phone, "bas")
    phone.goto("/tags/review")
    left(phone, 3)
    context.set_offline(True)
    for _ in range(2):
        phone.get_by_role("button", name="Ja").tap()
    expect(phone.get_by_text("2 nog te verzenden")).to_be_visible()
    context.set_offline(False)
    expect(phone.locator("[data-queue]")).to_be_hidden()
    assert states() == {"accepted": 2, "suggested": 1}


def test_the_tone_by_key_and_by_thumb_without_a_connection_and_taken_back(open_context):
    """The label stays in question; what was said of its tone is sent like any decision, and shows who said it."""
    one, two = suggested(2)
    context = open_context(PHONE)
    phone = context.new_page()
    sign_in(phone, "bas")
    phone.goto("/tags/review")
    ready(phone)
    context.set_offline(True)
    phone.keyboard.press("1")
    expect(phone.get_by_text("Toon gekozen door Bas de Wit")).to_be_visible()
    phone.get_by_role("button", name="Negatief").tap()
    expect(phone.get_by_role("button", name="Negatief")).to_have_attribute("aria-pressed", "true")
    phone.locator("[data-undoes] button").tap()
    expect(phone.get_by_role("button", name="Positief")).to_have_attribute("aria-pressed", "true")
    left(phone, 2)
    phone.locator("[data-decides]").get_by_role("button", name="Ja").tap()
    left(phone, 1)
    phone.get_by_role("button", name="Negatief").tap()
    phone.get_by_role("button", name="Toon terugdraaien").tap()
    expect(phone.get_by_text("Toon gekozen door")).to_be_hidden()
    context.set_offline(False)
    expect(phone.locator("[data-queue]")).to_be_hidden()
    assert look(
        select(Tagging.id, Tagging.state, Tagging.sentiment, Tagging.felt_by_id).order_by(col(Tagging.score))
    ) == [
        (one, TaggingState.ACCEPTED, "positive", Cast.bas),
        (two, TaggingState.SUGGESTED, "neutral", None),
    ]


def test_carla_was_first_and_bas_is_told_while_he_goes_on(desk: Page):
    taggings = suggested(2)
    sign_in(desk, "bas")
    desk.goto("/tags/review")
    ready(desk)
    with database().writing() as db:
        known = db.get_one(Tagging, taggings[0])
        known.state, known.decided_by_id = TaggingState.REJECTED, Cast.carla
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(desk.get_by_text("Carla Smit keek dit label al na. Dat blijft staan.")).to_be_visible()
    until(lambda: [state(one) for one in taggings] == ["rejected", "accepted"])


@pytest.mark.parametrize("script", [True, False])
def test_another_label_by_thumb_with_and_without_script(open_context, script):
    taggings = suggested(2)
    phone = open_context(PHONE, java_script_enabled=script).new_page()
    sign_in(phone, "bas")
    phone.goto("/tags/review")
    for button in ("Ja", "Nee"):
        box = phone.get_by_role("button", name=button).bounding_box()
        assert box
        assert box["y"] + box["height"] / 2 >= 422
        assert abs(box["x"] + box["width"] / 2 - 195) <= 0.3 * 390
    phone.get_by_text("Een ander label").tap()
    phone.get_by_label("Welk label past wel?").select_option(label="Kosten en tarieven")
    phone.get_by_role("button", name="Dit past").tap()
    left(phone, 1)
    kosten = select(Tagging.state).join(Tag, col(Tag.id) == col(Tagging.tag_id)).where(Tag.slug == "kosten")
    until(lambda: look(kosten) == [TaggingState.ACCEPTED])
    assert state(taggings[0]) == TaggingState.REJECTED
    phone.get_by_role("button", name="Terugdraaien").tap()
    left(phone, 2)
    until(lambda: state(taggings[0]) == TaggingState.SUGGESTED)
    assert look(kosten) == []


def test_without_script_it_goes_on_and_says_when_it_is_done(open_context):
    suggested(2)
    phone = open_context(PHONE, java_script_enabled=False).new_page()
    sign_in(phone, "bas")
    phone.goto("/tags/review")
    phone.get_by_role("link", name="Sla over").tap()
    phone.get_by_role("button", name="Ja").tap()
    expect(phone.get_by_text("Wat je oversloeg, staat nog open.")).to_be_visible()
    phone.get_by_role("link", name="Begin weer vooraan").tap()
    phone.get_by_role("button", name="Nee").tap()
    expect(phone.get_by_text("Alles is nagekeken. Mooi.")).to_be_visible()
    assert states() == {"accepted": 1, "rejected": 1}
