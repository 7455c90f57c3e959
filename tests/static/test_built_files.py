"""What every page loads is light, complete, and within what the content security policy lets through."""

import gzip
import json
import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
SOURCES = APP / "static" / "src"
DIST = APP / "static" / "dist"
NAMES = json.loads((DIST / "manifest.json").read_text())
TEMPLATES = sorted((APP / "templates").rglob("*.html"))


def weight(*names: str) -> int:
    return sum(len(gzip.compress((DIST / NAMES[name]).read_bytes(), 9)) for name in names)


@pytest.mark.parametrize(
    ("names", "most"),
    [(("app.css",), 20_000), (("app.js",), 40_000), (("capture.js",), 60_000), (("sprite.svg",), 10_000)],
)
def test_pages_stay_light(names: tuple[str, ...], most: int) -> None:
    assert weight(*names) <= most


def test_both_fonts_together_stay_light() -> None:
    assert (
        sum((DIST / file).stat().st_size for name, file in NAMES.items() if name.endswith(".woff2")) <= 85_000
    )


def test_every_built_file_is_named_once() -> None:
    assert {path.name for path in DIST.iterdir()} == {
        *NAMES.values(),
        "manifest.json",
        "service-worker.js",
    }


def test_every_icon_a_template_asks_for_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (DIST / NAMES["sprite.svg"]).read_text()))
    asked = {
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r"""\bicon\(["']([\w-]+)["']""", path.read_text())
    }
    assert {(page, name) for page, name in asked if name not in drawn} == set()


# Opened from a disk, out of a zip: it stands alone, and no policy of ours goes with it.
STANDS_ALONE = APP / "templates" / "privacy" / "dossier.html"
SERVED = [path for path in TEMPLATES if path != STANDS_ALONE]


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.relative_to(APP / "templates").as_posix())
def test_templates_carry_no_inline_style_or_script(path: Path) -> None:
    html = path.read_text()
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|\shx-on|<script(?![^>]*\ssrc=)", html)


# A look of all screens, of which one of them has its own.
REFINED = {".chip", ".foot", ".pad", ".stages", ".tile", ".trail", ".yes"}
ALONE = re.compile(r"(?:^|[{}])\s*(\.[a-z-]+)\s*(?=\{)")


def test_two_sheets_never_say_what_one_class_looks_like() -> None:
    sheets: dict[str, set[str]] = {}
    for path in SOURCES.rglob("*.css"):
        for name in ALONE.findall(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)):
            sheets.setdefault(name, set()).add(path.name)
    met = {name: found for name, found in sheets.items() if len(found - {"print.css"}) > 1}
    assert {name: found for name, found in met.items() if name not in REFINED} == {}


def test_styles_never_shout() -> None:
    assert [path.name for path in SOURCES.rglob("*.css") if "!important" in path.read_text()] == []


def test_scripts_hold_no_dutch() -> None:
    """Every text comes from the page, so that it is translated like the rest."""
    quoted = re.compile(r"""["'`](?:[A-Z][a-zé]+(?: [a-zé%(){}$]+){2,}[.?!]?)["'`]""")
    assert {p.name: found for p in SOURCES.rglob("*.ts") if (found := quoted.findall(p.read_text()))} == {}
