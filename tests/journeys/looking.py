"""What a careful reviewer measures on a page: axe, sideways scroll, and targets that a thumb can hit."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
SMALLEST = 44

# A link inside a sentence is exempt from the target size, as in WCAG 2.5.8; hidden things have no size to judge.
SMALL_TARGETS = """
(smallest) => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest('[inert]'))
  .map((e) => ({e, box: (e.labels && ['radio', 'checkbox'].includes(e.type) && e.labels[0]
    ? e.labels[0] : e).getBoundingClientRect()}))
  .filter(({e, box}) => box.width > 0 && box.right > 0 && (box.height < smallest - 0.5 || box.width < smallest - 0.5)
    && !(e.matches('a') && getComputedStyle(e).display === 'inline') && e.type !== 'hidden' && !e.matches('.skip'))
  .map(({e, box}) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""


def with_axe(context: BrowserContext) -> None:
    """Whatever page comes has axe in it already, which takes half the time of putting it in afterwards."""
    context.add_init_script(path=AXE)


def axe(page: Page, rules: list[str] = RULES) -> list[str]:
    """Violations of these tags or rules, one line each. The context must bypass the CSP: axe is put in from outside."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=str(AXE))
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"]]


def sideways_scroll(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def small_targets(page: Page) -> list[str]:
    return page.evaluate(SMALL_TARGETS, SMALLEST)
