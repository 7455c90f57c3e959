"""What customers might say, written for this project: what the shipped model learns from.

A line of `lexicon/examples.*.jsonl` is {"text", "themes", "maybe", "mood"}: themes that two people would both name,
those that one of them might, and how the whole was meant.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.models.tag.learning.finding import numbers, passages, search
from app.models.tag.learning.training import Example
from app.models.tag.reading.lexicon import FOLDER, LANGUAGES, Lexicon
from app.models.tag.reading.words import tokenise


def files(languages: Iterable[str] = LANGUAGES) -> list[Path]:
    return [FOLDER / f"examples.{language}.jsonl" for language in languages]


def lines(languages: Iterable[str] = LANGUAGES) -> Iterator[dict[str, Any]]:
    for path in files(languages):
        with path.open(encoding="utf-8") as opened:
            yield from map(json.loads, opened)


@lru_cache(maxsize=1)
def shipped_examples(lexicon: Lexicon) -> list[Example]:
    return [example for line in lines() for example in of_line(line, lexicon)]


def of_line(line: dict[str, Any], lexicon: Lexicon, **more: Any) -> list[Example]:
    """One for each passage; what is said of the whole is said of each."""
    text = tokenise("text", line["text"], lexicon.spelling)
    return [
        Example(
            words=passage.words,
            found=numbers(passage, tuple(lexicon.themes)),
            themes=frozenset(line["themes"]),
            maybe=frozenset(line.get("maybe", ())),
            mood=line.get("mood", ""),
            said=passage.said(),
            around=passage.said(),
            **more,
        )
        for passage in passages(search(text, lexicon))
    ]
