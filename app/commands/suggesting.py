"""`klantsafari suggest`: tries the tagger on lines, without a database."""

import json
import sys
from typing import Annotated, Any

import typer

from app.models.tag.learning.shipped import shipped_model
from app.models.tag.learning.suggesting import suggest as suggestions_for
from app.models.tag.meaning.encoder import encoder
from app.models.tag.meaning.sensing import Sense
from app.models.tag.meaning.shipped import shipped_head
from app.models.tag.reading import Suggestion, shipped
from app.models.tag.reading.lexicon import LANGUAGES


def suggest(
    lang: Annotated[
        str, typer.Option(help="Only the words of this language: nl or en. Both when it is left out.")
    ] = "",
) -> None:
    """Suggest themes for lines of JSON ({"text": ...}) from standard input: a line of JSON for each, in order."""
    if lang and lang not in LANGUAGES:
        raise typer.BadParameter(f"one of: {', '.join(LANGUAGES)}", param_hint="--lang")
    lexicon, model = shipped(*([lang] if lang else [])), shipped_model()
    sense = Sense(by_meaning, shipped_head(by_meaning)) if (by_meaning := encoder()) else None
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        reading = suggestions_for({"text": _text(line, number)}, lexicon, model, sense=sense)
        told = {"tags": [_told(one) for one in reading.suggestions], "sentiment": reading.sentiment}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _text(line: str, number: int) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        text = None
    if not isinstance(text, str):
        typer.echo(f'Line {number}: not of the form {{"text": "..."}}', err=True)
        raise typer.Exit(1)
    return text


def _told(one: Suggestion) -> dict[str, Any]:
    """`evidence` is [start, end) in code points: the clearest of its words."""
    first = one.spans[0]
    return {
        "slug": one.slug,
        "score": one.score,
        "evidence": [first.start, first.end],
        "origin": one.origin,
        "sentiment": one.sentiment,
    }
