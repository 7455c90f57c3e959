"""What a person does on the phone's real screens, as fast as the page itself can."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from tests.faults.phones import Phone

SAVED = "Opgeslagen op dit toestel"
SAVE_FAST = """async ({ words, most, saved }) => {
  const wait = (is) => new Promise((done, broken) => {
    const until = Date.now() + 30000;
    const look = () => is() ? done() : Date.now() > until ? broken(new Error("the screen does not say saved"))
      : setTimeout(look, 4);
    look();
  });
  const find = (what) => document.querySelector(what);
  const kept = [];
  for (let number = 0; number < most; number += 1) {
    const text = find("[name='answers.text']");
    text.value = `${words} ${number}`;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    const id = find("form#answer [name=note_id]").value;
    find("[data-keep][data-primary]").click();
    await wait(() => !find("[data-done]").hidden && find("[data-done-state]").textContent.includes(saved));
    kept.push(id);
    window.keptSoFar = kept.length;
    await window.screenSaid?.(id);
    find("[data-again]").click();
    await wait(() => find("[data-done]").hidden && find("form#answer [name=note_id]").value !== id);
  }
  return kept;
}"""
NUDGE = "dispatchEvent(new Event('online'))"


def new_observation(phone: Phone, address: str, safari: str) -> None:
    phone.page.goto(f"{address}/safaris/{safari}/observations/new")
    phone.page.locator("[data-keep][data-primary]").wait_for()


def saving(words: str, most: int) -> dict[str, Any]:
    """The argument of SAVE_FAST."""
    return {"words": words, "most": most, "saved": SAVED}


def save_many(phone: Phone, words: str, most: int) -> list[str]:
    """Ids of what the screen said is saved; without a connection, or the page leads on to the safari."""
    return phone.page.evaluate(SAVE_FAST, saving(words, most))


def with_photo(phone: Phone, photo: Path) -> None:
    phone.page.locator("input[type=file][name=photos]").set_input_files(photo)
    phone.page.locator("capture-media img").first.wait_for()


def send_all(phone: Phone, address: str, path: str, *, within: float = 120.0) -> None:
    """Opens a page that sends, and lets the connection come back again and again until nothing waits."""
    try:
        phone.page.goto(f"{address}{path}")
    except Error:
        # A note that was sent leads on to its safari by itself, perhaps at this very moment.
        phone.page.goto(f"{address}{path}")
    for _ in range(int(within * 5)):
        if not phone.unsent():
            return
        phone.page.evaluate(NUDGE)
        phone.page.wait_for_timeout(200)
    raise AssertionError(f"still waiting: {phone.rows('outbox')[:3]}")
