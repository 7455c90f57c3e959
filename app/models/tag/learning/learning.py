"""An organisation's own model: shipped examples and its people's decisions, tried on decisions it has not seen."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.decided import Decided, examples_of, left_alone
from app.models.tag.learning.examples import shipped_examples
from app.models.tag.learning.folds import FOLDS, folds_of
from app.models.tag.learning.model import Model
from app.models.tag.learning.moods import judged_moods, logits_of
from app.models.tag.learning.shipped import BAR, fingerprint
from app.models.tag.learning.training import Example, Lessons
from app.models.tag.meaning.encoder import Encoder
from app.models.tag.meaning.head import Head
from app.models.tag.meaning.own import meanings_of, unseen
from app.models.tag.reading.lexicon import Lexicon

FEWEST = 3
"""Accepted notes from which a theme of one's own takes part."""
ENOUGH = 300
"""Passages with decisions from which these alone show what a theme of one's own is not."""
BACKGROUND = 16
"""One in so many shipped examples does: more would drown a handful of stories."""
OWN_BAR, HALF = 0.22, 8
"""Where the bar of an own theme ends, and with how many accepted stories it is half-way: of few, chances stay low."""
TRUST = 100
"""A bar moves half-way to what suits one's own decisions best once so many accepted notes say so."""
BARS = np.arange(0.08, 0.61, 0.02)
SLACK = 0.005


@dataclass(frozen=True, slots=True)
class Learned:
    """`figures`: micro-F1 over decided passages that the model had not seen (`learned`), that of what there is without
    learning (`before`), and how many passages and accepted themes there were. `better`: whether it may take over.

    `felt` and `felt_before` are likewise the share of judged moods that were read right, with `moods` how many; where
    that is less, no moods are learned. `head` reads by meaning too; it is there when that did no worse than `learned`
    (figure `meaning`)."""

    model: Model
    figures: dict[str, float]
    head: Head | None = None

    @property
    def better(self) -> bool:
        return self.figures["learned"] + SLACK >= self.figures["before"]


def learn(
    notes: Sequence[Decided],
    slugs: Sequence[str],
    lexicon: Lexicon,
    before: Model,
    encoder: Encoder | None = None,
) -> Learned | None:
    """`slugs`: the themes that are in use. None without any theme that was accepted often enough."""
    rules = tuple(lexicon.themes)
    own = examples_of(sorted(notes, key=lambda note: note.key), lexicon, rules)
    taught = taught_themes(own, slugs, rules)
    if not any(example.themes for example in own):
        return None
    felt = judged_moods(
        _base(lexicon, own, taught, rules), own, left_alone(notes, lexicon, rules), before, rules
    )
    if felt and felt["felt"] + SLACK < felt["felt_before"]:
        own = [replace(example, mood="") for example in own]
    lessons = Lessons([*_base(lexicon, own, taught, rules), *own], rules)
    folds = folds_of(lessons, own)
    chances = _unseen(lessons, folds, taught)
    said = np.array([[slug in e.themes for slug in taught] for e in own])
    counts = np.array([[slug not in e.maybe and e.known is None for slug in taught] for e in own])
    bars = _bars(taught, rules, chances, said, counts)
    model = lessons.model(taught, version_of(notes, slugs, lexicon, encoder.name if encoder else ""))
    model.bars[:] = bars
    former = _chances(before, own, taught, rules)
    before_bars = np.array([before.bars[before.slugs.index(s)] if s in before.slugs else 2.0 for s in taught])
    figures = {
        "learned": _f1(chances >= bars, said, counts),
        "before": _f1(former >= before_bars, said, counts),
        "passages": len(own),
        "accepted": int(said.sum()),
        **felt,
    }
    if encoder is None:
        return Learned(model, figures)
    meanings = meanings_of(lessons, own, encoder)
    meant = unseen(meanings, folds, chances, taught)
    bars = _bars(taught, rules, meant, said, counts)
    figures["meaning"] = _f1(meant >= bars, said, counts)
    better = figures["meaning"] + SLACK >= figures["learned"]
    return Learned(model, figures, meanings.head(taught, bars.astype(np.float32)) if better else None)


def version_of(notes: Iterable[Decided], slugs: Sequence[str], lexicon: Lexicon, encoder: str = "") -> str:
    """Of everything that goes into a model: the same decisions give the same version, and the same model."""
    told = [
        [n.key, n.texts, n.accepted, sorted(n.rejected), n.moods, n.left]
        for n in sorted(notes, key=lambda note: note.key)
    ]
    made_of = [told, list(slugs), fingerprint(), list(lexicon.themes), *([encoder] if encoder else [])]
    said = json.dumps(made_of, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def taught_themes(own: Sequence[Example], slugs: Sequence[str], rules: Sequence[str]) -> list[str]:
    """Shipped themes, and own ones with enough accepted notes."""

    def often(slug: str) -> bool:
        return len({e.group for e in own if slug in e.themes}) >= FEWEST

    return [slug for slug in slugs if slug in rules or often(slug)]


def _base(
    lexicon: Lexicon, own: Sequence[Example], taught: Sequence[str], rules: Sequence[str]
) -> list[Example]:
    """The shipped examples. As long as there are few decisions they also show what an own theme is not, and how things
    are felt; of a house with plenty of its own, these alone say it better."""
    shipped = [slug for slug in taught if slug in rules]
    few = len(own) < ENOUGH
    felt = sum(bool(example.mood) for example in own) < ENOUGH
    if not shipped and not few and not felt:
        return []
    some = {n: frozenset(taught if few and n % BACKGROUND == 0 else shipped) for n in range(BACKGROUND)}
    return [
        replace(e, known=some[n % BACKGROUND], mood=e.mood if felt else "")
        for n, e in enumerate(shipped_examples(lexicon))
    ]


def _unseen(lessons: Lessons, folds: NDArray[np.int_], taught: Sequence[str]) -> NDArray[np.float64]:
    """The chance of every theme in every own passage, by a model that was taught nothing by its note."""
    found = np.zeros((int((folds >= 0).sum()), len(taught)))
    for fold in range(FOLDS):
        if (held := folds == fold).any():
            found[folds[folds >= 0] == fold] = lessons.chances(taught, held)
    return found


def _chances(
    model: Model, examples: Sequence[Example], slugs: Sequence[str], rules: Sequence[str]
) -> NDArray[np.float64]:
    """By a model that may know fewer themes and fewer rules; a theme that it does not know has no chance."""
    at = [model.slugs.index(slug) if slug in model.slugs else -1 for slug in slugs]
    rows = []
    for example in examples:
        logits = logits_of(model, example, rules)
        rows.append([1 / (1 + np.exp(-float(logits[n]))) if n >= 0 else 0.0 for n in at])
    return np.array(rows).reshape(len(examples), len(slugs))


def _bars(
    taught: Sequence[str],
    rules: Sequence[str],
    chances: NDArray[np.float64],
    said: NDArray[np.bool_],
    counts: NDArray[np.bool_],
) -> NDArray[np.float64]:
    judged = zip(taught, chances.T, said.T, counts.T, strict=True)
    return np.array([_bar(slug in rules, *column) for slug, *column in judged])


def _bar(
    is_shipped: bool, chances: NDArray[np.float64], said: NDArray[np.bool_], counts: NDArray[np.bool_]
) -> float:
    """Between where it starts and where F1 of the own decisions is best: the more decisions, the nearer to those."""
    accepted = int(said[counts].sum())
    start = BAR if is_shipped else OWN_BAR * accepted / (accepted + HALF)
    if not accepted:
        return BAR if is_shipped else OWN_BAR
    scores = [_f1((chances >= bar)[:, None], said[:, None], counts[:, None]) for bar in BARS]
    best = float(np.mean(BARS[np.flatnonzero(np.array(scores) >= max(scores) - 1e-9)]))
    return (accepted * best + TRUST * start) / (accepted + TRUST)


def _f1(suggested: NDArray[np.bool_], said: NDArray[np.bool_], counts: NDArray[np.bool_]) -> float:
    right = int((suggested & said & counts).sum())
    every = int((suggested & counts).sum() + (said & counts).sum())
    return round(2 * right / every, 4) if every else 1.0
