"""The lexicon: the TOML files read and indexed by the first word of every pattern."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from app.models.tag.reading.mending import Mender, mender_of
from app.models.tag.reading.patterns import compile_pattern

FOLDER = Path(__file__).parent.parent / "lexicon"
LANGUAGES = ("nl", "en")
EXAMPLES = tuple(FOLDER / f"examples.{language}.jsonl" for language in LANGUAGES)
OWN = 0.95
"""Words that an organisation gave a theme itself: always suggested, whatever else is learned."""
WEIGHTS = {"sure": 0.9, "likely": 0.6, "hint": 0.35, "not": 0.0}
FEELING = {"sure": 0.7, "likely": 0.2, "hint": 0.0}
"""How much of a theme's polarity counts as feeling: a subject that is often a complaint is not yet one."""
POLARITIES = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
MOODS = {
    "delight": 2.0,
    "relief": 1.2,
    "good": 1.0,
    "nod": 0.35,
    "sigh": -0.35,
    "burden": -0.8,
    "bad": -1.0,
    "anger": -2.0,
}
KNOWN_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of a theme (`kind` is its slug), a "mood" or a role; weight 0 takes words away from the theme."""

    kind: str
    source: str
    weight: float
    valence: float
    regex: Any = field(compare=False)
    needs: frozenset[str] = frozenset()


class Lexicon:
    """Compiled and immutable but for a bounded memory of words seen: share it between threads."""

    def __init__(
        self,
        themes: Mapping[str, Any],
        moods: Mapping[str, Any],
        words: Mapping[str, Any],
    ) -> None:
        """Shapes as in the TOML files. ValueError names a pattern that does not compile."""
        self.spelling: dict[str, str] = dict(words.get("spelling", {}))
        self.groups: dict[str, list[str]] = dict(words.get("groups", {}))
        self.themes = tuple(themes)
        self._index: dict[str, dict[str, list[Rule]]] = {
            kind: defaultdict(list) for kind in ("=", "<", ">", "~")
        }
        for slug, theme in themes.items():
            self._add(slug, theme.get("not", ()), 0.0, 0.0)
            self._add(slug, theme.get("own", ()), OWN, 0.0)
            for polarity, valence in POLARITIES.items():
                for level, patterns in theme.get(polarity, {}).items():
                    self._add(slug, patterns, WEIGHTS[level], valence * FEELING[level])
        for mood, valence in MOODS.items():
            self._add("mood", moods.get(mood, ()), 1.0, valence)
        for role, patterns in moods.get("roles", {}).items():
            self._add(role, patterns, 1.0, 0.0)
        self.starting = lru_cache(maxsize=KNOWN_WORDS)(self._starting)
        self.mended = lru_cache(maxsize=KNOWN_WORDS)(lambda word: self._mender.mended(word))

    def _add(self, kind: str, sources: Iterable[str], weight: float, valence: float) -> None:
        for source in sources:
            compiled = compile_pattern(source, self.groups)
            rule = Rule(kind, source, weight, valence, compiled.regex, compiled.needs)
            for first in compiled.firsts:
                before, after = first.startswith("*"), first.endswith("*")
                where = {
                    (False, False): "=",
                    (False, True): "<",
                    (True, False): ">",
                    (True, True): "~",
                }[before, after]
                self._index[where][first.strip("*")].append(rule)

    @cached_property
    def _mender(self) -> Mender:
        named = {rule.source for index in self._index.values() for rules in index.values() for rule in rules}
        members = (member for group in self.groups.values() for member in group)
        return mender_of([*sorted(named), *members], EXAMPLES)

    def _starting(self, word: str) -> tuple[Rule, ...]:
        """Every rule that can begin with this word."""
        found = list(self._index["="].get(word, ()))
        if word[:1].isdigit():
            found += self._index["="].get("#", ())
        size = len(word)
        for cut in range(1, size + 1):
            found += self._index["<"].get(word[:cut], ())
            found += self._index[">"].get(word[-cut:], ())
        if inner := self._index["~"]:
            for start in range(size - 2):
                for end in range(start + 3, size + 1):
                    found += inner.get(word[start:end], ())
        return tuple(dict.fromkeys(found))


def merged(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several languages as one: tables merge, lists follow each other."""
    whole: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            if isinstance(value, Mapping):
                whole[key] = merged([whole.get(key, {}), value])
            elif isinstance(value, list):
                whole[key] = [*whole.get(key, []), *value]
            else:
                whole[key] = value
    return whole


@lru_cache(maxsize=12)
def tables(kind: str, *languages: str) -> dict[str, Any]:
    """What the TOML files say, all languages as one: `kind` is themes, moods or words. To read, never to change."""
    names = (FOLDER / f"{kind}.{language}.toml" for language in languages or LANGUAGES)
    return merged([tomllib.loads(name.read_text("utf-8")) for name in names])


@lru_cache(maxsize=4)
def shipped(*languages: str) -> Lexicon:
    """The lexicon of these languages, all of them when none is named: one note often mixes two."""
    return Lexicon(tables("themes", *languages), tables("moods", *languages), tables("words", *languages))
