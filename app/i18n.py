"""Dutch is the source: every message id is the Dutch text itself. English is a catalogue beside it."""

import io
from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"nl": "Nederlands", "en": "English"}
CATALOGUES = Path(__file__).parent / "locales"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Marks a text that is translated where it is shown."""
    return message


@cache
def translations(language: str) -> NullTranslations:
    """Read from the .po itself, so that there is no compiled file to forget."""
    path = CATALOGUES / language / "LC_MESSAGES" / "klantsafari.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def translator(language: str) -> Callable[..., str]:
    """`_("%(n)s van %(m)s", n=1, m=5)` in that language."""
    gettext = translations(language).gettext

    def translate(message: str, **values: object) -> str:
        return gettext(message) % values if values else gettext(message)

    return translate


def best_language(accepted: str, default: str) -> str:
    """The first of our languages in an Accept-Language header."""
    for part in accepted.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return default
