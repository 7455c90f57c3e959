"""Gathers every Dutch text of the app into the catalogues; `--check` only says what is missing from them."""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
TEMPLATE = APP / "locales" / "klantsafari.pot"
LANGUAGES = ("en",)
METHODS = [("**.py", "python"), ("templates/**.*", "jinja2")]
OPTIONS = {"templates/**.*": {"extensions": "jinja2.ext.do", "silent": "false"}}
# Dates and versions would change the files without a word having changed; the rest names nobody.
VOLATILE = re.compile(
    rb'^"((POT-Creation|PO-Revision)-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By):.*\n',
    re.MULTILINE,
)


def empty(language: str | None = None) -> Catalog:
    comment = "# The words of Klantsafari."
    return Catalog(language, project="klantsafari", header_comment=comment, version="1", fuzzy=False)


def gathered() -> Catalog:
    found = empty()
    for name, _, message, comments, context in extract_from_dir(str(APP), METHODS, OPTIONS):
        found.add(message, locations=[(f"app/{name}", 0)], auto_comments=comments, context=context)
    return found


def updated(language: str, words: Catalog) -> Catalog:
    path = catalogue(language)
    known = empty(language)
    if path.exists():
        with path.open("rb") as source:
            known = read_po(source, locale=language)
    known.update(words, no_fuzzy_matching=True)
    return known


def catalogue(language: str) -> Path:
    return APP / "locales" / language / "LC_MESSAGES" / "klantsafari.po"


def written(words: Catalog) -> bytes:
    output = BytesIO()
    write_po(output, words, width=110, include_lineno=False, sort_output=True, ignore_obsolete=True)
    return VOLATILE.sub(b"", output.getvalue())


def mistakes(words: Catalog) -> list[str]:
    """Texts without a translation, or whose translation has other placeholders."""
    found = []
    for message in words:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(strings):
            found.append(f"no translation yet: {message.id!r}")
            continue
        found += [f"{message.id!r}: {problem}" for problem in message.check(words)]
    return found


def main(check: bool) -> int:
    words = gathered()
    files = {TEMPLATE: written(words)}
    wrong = []
    for language in LANGUAGES:
        translated = updated(language, words)
        files[catalogue(language)] = written(translated)
        wrong += [f"{language}: {mistake}" for mistake in mistakes(translated)]
    for path, content in files.items():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            wrong.append(f"{path.relative_to(ROOT)} is out of date: run make words")
    print("\n".join(wrong) or f"{len(words)} texts, all translated.")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
