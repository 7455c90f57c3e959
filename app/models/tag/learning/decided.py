"""What people decided about a note, as examples to learn from. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.models.tag.learning.finding import Passage, numbers, passages, search
from app.models.tag.learning.training import Example
from app.models.tag.reading.evidence import clause
from app.models.tag.reading.lexicon import Lexicon
from app.models.tag.reading.words import tokenise

Place = tuple[str, int, int]
"""(field, start, end): words of a note, in characters."""
WEIGHT = 2.0
"""Of what this organisation decided, against 1 for an example that is shipped."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A note that somebody went through: themes they accepted or added, with the words these rest on, and those that
    they rejected.

    About the themes in `undecided` nobody said anything yet; any other that nobody named counts as not meant.
    `moods` are [(place, mood)] that a person gave, `left` those that were read and that a person let stand.
    """

    key: str
    texts: Mapping[str, str]
    accepted: Mapping[str, Sequence[Place]]
    rejected: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    moods: Sequence[tuple[Place, str]] = field(default_factory=tuple)
    left: Sequence[tuple[Place, str]] = field(default_factory=tuple)


def examples_of(notes: Iterable[Decided], lexicon: Lexicon, rules: Sequence[str]) -> list[Example]:
    return [example for note in notes for example in _of_note(note, lexicon, rules)]


def _of_note(note: Decided, lexicon: Lexicon, rules: Sequence[str]) -> list[Example]:
    found: list[Example] = []
    for name, raw in note.texts.items():
        for passage in passages(search(tokenise(name, raw, lexicon.spelling, lexicon.mended), lexicon)):
            found.append(_judged(note, passage, rules))
            found += _felt(note, passage, rules, note.moods)
    return found


def left_alone(notes: Iterable[Decided], lexicon: Lexicon, rules: Sequence[str]) -> list[Example]:
    """Moods that a person let stand, to be tried on and not to be learned from: they are what a model itself said."""
    return [
        example
        for note in notes
        if note.left
        for name, raw in note.texts.items()
        for passage in passages(search(tokenise(name, raw, lexicon.spelling, lexicon.mended), lexicon))
        for example in _felt(note, passage, rules, note.left)
    ]


def _judged(note: Decided, passage: Passage, rules: Sequence[str]) -> Example:
    """A theme whose words stand in another passage may be in this one too: that is not known."""
    here, elsewhere = set[str](), set[str]()
    for slug, places in note.accepted.items():
        spoken = not places or any(_within(passage, place) for place in places)
        (here if spoken else elsewhere).add(slug)
    return Example(
        words=passage.words,
        found=numbers(passage, rules),
        themes=frozenset(here),
        maybe=frozenset(elsewhere) | note.undecided,
        weight=WEIGHT,
        group=note.key,
        said=passage.said(),
        around=passage.said(),
    )


def _felt(
    note: Decided, passage: Passage, rules: Sequence[str], moods: Iterable[tuple[Place, str]]
) -> list[Example]:
    return [
        Example(
            words=passage.words,
            found=numbers(passage, rules, near(passage, place)),
            themes=frozenset(),
            known=frozenset(),
            mood=mood,
            weight=WEIGHT,
            group=note.key,
            said=passage.said(),
            around=passage.said(*near(passage, place)),
        )
        for place, mood in moods
        if _within(passage, place)
    ]


def near(passage: Passage, place: Place) -> tuple[int, int]:
    """The words [first, last) of the clause around that place; all of the passage when it is nowhere."""
    text, (_, start, end) = passage.found.text, place
    here = [
        at for at in range(passage.first, passage.last) if text.ends[at] > start and text.starts[at] < end
    ]
    if not here or end <= start:
        return passage.first, passage.last
    return clause(text, here[0], here[-1] + 1)


def _within(passage: Passage, place: Place) -> bool:
    text, (name, start, end) = passage.found.text, place
    if name != text.field or passage.first >= len(text.starts):
        return False
    if end <= start:
        return True
    return text.starts[passage.first] < end and text.ends[passage.last - 1] > start
