"""A person who has no mouse: Tab until it is there, and then a key."""

from playwright.sync_api import Locator, Page, expect

MOST = 80


def reach(page: Page, goal: Locator) -> None:
    expect(goal).to_be_visible()
    for _ in range(MOST):
        if goal.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"No key gets to {goal}")


def press(page: Page, goal: Locator, key: str = "Enter") -> None:
    reach(page, goal)
    page.keyboard.press(key)


def write(page: Page, goal: Locator, text: str) -> None:
    reach(page, goal)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)
