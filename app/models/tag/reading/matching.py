"""Match: every rule that fits somewhere in a text."""

from dataclasses import dataclass

from app.models.tag.reading.lexicon import Lexicon, Rule
from app.models.tag.reading.words import Text


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule on the words [first, last) of a text."""

    rule: Rule
    first: int
    last: int

    @property
    def words(self) -> range:
        return range(self.first, self.last)


def matches(text: Text, lexicon: Lexicon) -> list[Hit]:
    """In reading order. One rule may hit several times, never from the same word."""
    hits: list[Hit] = []
    line, present = text.line, frozenset(text.words)
    worth_trying = {
        word: [
            rule for rule in lexicon.starting(word) if not rule.needs or not rule.needs.isdisjoint(present)
        ]
        for word in present
    }
    for at, word in enumerate(text.words):
        for rule in worth_trying[word]:
            if rule.regex is None:
                hits.append(Hit(rule, at, at + 1))
            elif found := rule.regex.match(line, text.places[at]):
                hits.append(Hit(rule, at, at + line.count(" ", found.start(), found.end())))
    return hits
