"""From examples to a model, with scikit-learn. The same examples in the same order give the same weights."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.features import pairs, runs, stem
from app.models.tag.learning.model import MOODS, Model

SHIPPED, OWN, FEELINGS = (5.0, 1.0, 0.0), (2.0, 1.0, 0.5), (1.0, 0.5, 0.7)
"""Inverse of regularisation, smoothing of the counts, and how far these counts say beforehand what a piece is worth.

After Wang and Manning, "Baselines and Bigrams" (2012): logistic regression over pieces weighed by naive Bayes. It helps
where notes are of one trade; of shipped themes, which must be known in every trade, it makes too much of single words.
"""
NEVER = -6.0
"""The logit of a theme of which there is no example."""
RARE_RUNS, RARE_PAIRS = 5, 1
"""A run or pair of fewer examples says more about the example than about the language."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage in folded words, what the lexicon found in it, and what people say it is about.

    `maybe`: themes that some would name; they teach neither way. `known`: themes that were judged; None for all. `said`
    and `around` are the passage and the clause that it is about as they were written, for who reads by meaning.
    """

    words: tuple[str, ...]
    found: NDArray[np.float32]
    themes: frozenset[str]
    maybe: frozenset[str] = frozenset()
    known: frozenset[str] | None = None
    mood: str = ""
    weight: float = 1.0
    group: str = ""
    said: str = ""
    around: str = ""


@dataclass(slots=True)
class Table:
    """Examples as a sparse matrix: stems and pairs, runs of letters, what the lexicon found."""

    pieces: dict[str, int]
    idf: NDArray[np.float32]
    matrix: Any = field(repr=False)


def pieces_of(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stems and what letters give."""
    stems = [stem(word) for word in words]
    plain = [one for one, word in zip(stems, words, strict=True) if word != "."]
    return plain + pairs(stems), [run for word in words if word != "." for run in runs(word)]


def tabulated(examples: Sequence[Example]) -> Table:
    from scipy.sparse import csr_matrix, hstack

    counted = [pieces_of(example.words) for example in examples]
    seen = Counter(piece for both in counted for block in both for piece in set(block))
    kept = {piece: at for at, piece in enumerate(sorted(p for p, n in seen.items() if n >= _least(p)))}
    idf = np.array([np.log((1 + len(examples)) / (1 + seen[piece])) + 1 for piece in kept], np.float32)
    rows, columns, values = [], [], []
    for row, both in enumerate(counted):
        for block in both:
            times = Counter(kept[piece] for piece in block if piece in kept)
            length = sum(n * idf[at] ** 2 for at, n in times.items()) ** 0.5 or 1.0
            for at, n in times.items():
                rows.append(row)
                columns.append(at)
                values.append(n * idf[at] / length)
    shape = (len(examples), len(kept))
    text = csr_matrix((np.array(values, np.float32), (rows, columns)), shape=shape)
    found = csr_matrix(np.array([example.found for example in examples], np.float32))
    return Table(kept, idf, hstack([text, found]).tocsr())


def _least(piece: str) -> int:
    if piece.startswith("~"):
        return RARE_RUNS
    return RARE_PAIRS if " " in piece else 1


class Lessons:
    """Examples in one table, to fit on all of them, or on all but some that a model is to be tried on."""

    def __init__(self, examples: Sequence[Example], rules: Sequence[str]) -> None:
        """`rules` are the themes of the lexicon, in the order of `Example.found`."""
        self.examples, self.rules = examples, tuple(rules)
        self.table = tabulated(examples)
        self.weights = np.array([e.weight for e in examples], np.float32)
        self.every = np.ones(len(examples), bool)

    def model(self, slugs: Sequence[str], version: str = "") -> Model:
        """`slugs` are the themes to learn."""
        columns = [self._fitted(*self.judged(slug), self.every, self._how(slug)) for slug in slugs]
        columns += [self._fitted(*self.felt(mood), self.every, FEELINGS) for mood in MOODS]
        coefficients = np.array([one[0] for one in columns], np.float32).T
        text = len(self.table.pieces)
        return Model(
            slugs=tuple(slugs),
            rules=self.rules,
            pieces=self.table.pieces,
            weights=(coefficients[:text] * self.table.idf[:, None]).astype(np.float16),
            squares=self.table.idf**2,
            extras=coefficients[text:],
            bias=np.array([one[1] for one in columns], np.float32),
            bars=np.full(len(slugs), 0.5, np.float32),
            version=version,
        )

    def chances(self, slugs: Sequence[str], held: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Of the `held` examples, by a model of all the others; shape (held, slugs)."""
        found = []
        for slug in slugs:
            weights, bias = self._fitted(*self.judged(slug), ~held, self._how(slug))
            found.append(1 / (1 + np.exp(-(self.table.matrix[held] @ weights + bias))))
        return np.array(found).T.reshape(int(held.sum()), len(slugs))

    def moods(self, rows: NDArray[np.bool_], held: NDArray[np.bool_]) -> NDArray[np.int_]:
        """The likeliest mood of each of the `held` examples, by a model of `rows`, as a number in MOODS."""
        found = []
        for mood in MOODS:
            weights, bias = self._fitted(*self.felt(mood), rows, FEELINGS)
            found.append(self.table.matrix[held] @ weights + bias)
        return np.array(found).argmax(axis=0)

    def _how(self, slug: str) -> tuple[float, float, float]:
        return SHIPPED if slug in self.rules else OWN

    def judged(self, slug: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether each is about the theme, and whether it teaches anything about it."""
        yes = np.array([slug in e.themes for e in self.examples])
        known = np.array([e.known is None or slug in e.known for e in self.examples])
        return yes, (yes | known) & np.array([slug not in e.maybe for e in self.examples])

    def felt(self, mood: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """The same of a mood."""
        return np.array([e.mood == mood for e in self.examples]), np.array(
            [bool(e.mood) for e in self.examples]
        )

    def _fitted(
        self,
        yes: NDArray[np.bool_],
        teaches: NDArray[np.bool_],
        rows: NDArray[np.bool_],
        how: tuple[float, float, float],
    ) -> tuple[NDArray[Any], float]:
        from scipy.sparse import diags
        from sklearn.linear_model import LogisticRegression

        used = teaches & rows
        if yes[used].all() or not yes[used].any():
            return np.zeros(self.table.matrix.shape[1]), NEVER if not yes[used].any() else 0.0
        strength, smoothing, share = how
        worth = share * self._telling(yes & used, ~yes & used, smoothing) + 1 - share
        fit = LogisticRegression(C=strength, solver="liblinear", dual=True, max_iter=1000, random_state=0)
        fit.fit(self.table.matrix[used] @ diags(worth), yes[used], sample_weight=self.weights[used])
        return fit.coef_[0] * worth, float(fit.intercept_[0])

    def _telling(
        self, yes: NDArray[np.bool_], no: NDArray[np.bool_], smoothing: float
    ) -> NDArray[np.float32]:
        """How much more often a piece stands in the one than in the other; 1 on average, and for the lexicon's own."""
        text = len(self.table.pieces)
        here = self.table.matrix[:, :text] > 0
        often = [
            np.log((np.asarray(here[rows].sum(axis=0)).ravel() + smoothing) / (rows.sum() + 2 * smoothing))
            for rows in (yes, no)
        ]
        told = np.abs(often[0] - often[1])
        return np.concatenate([told / told.mean(), np.ones(self.table.matrix.shape[1] - text)]).astype(
            np.float32
        )
