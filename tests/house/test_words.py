"""Every text on a screen is in the English catalogue, and none is there for nothing."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "app" / "locales" / "en" / "LC_MESSAGES" / "klantsafari.po"
FORBIDDEN = re.compile(
    r"\b(synchroniser|valideer|valider|registrer|optioneel|succesvol|applicatie|records?)\b", re.I
)


def test_no_text_is_untranslated_unused_or_out_of_date():
    checked = subprocess.run(
        [sys.executable, ".ci/words.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def messages() -> list[str]:
    with ENGLISH.open("rb") as source:
        catalogue = read_po(source, locale="en")
    return [
        text
        for entry in catalogue
        for text in ([entry.id] if isinstance(entry.id, str) else entry.id)
        if text
    ]


def test_the_screens_avoid_office_words():
    assert not [text for text in messages() if FORBIDDEN.search(text)]


def test_sentences_are_short_enough_to_read_standing():
    sentences = [s for text in messages() for s in re.split(r"(?<=[.!?:;])\s", text)]
    assert not [s for s in sentences if len(s.split()) > 15]
