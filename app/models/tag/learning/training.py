"""From examples to a model, with scikit-learn. The same examples in the same order give the same weights."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.features import pairs, runs, stem
from app.models.tag.learning.model import MOODS, Model

STRENGTH = 8.0
"""Inverse of regularisation (C of the logistic regression)."""
RARE_RUNS, RARE_PAIRS = 5, 1
"""A run or pair of fewer examples says more about the example than about the language."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage in folded words, what the lexicon found in it, and what people say it is about.

    `maybe`: themes that some would name; they teach neither way. `known`: themes that were judged; None for all.
    """

    words: tuple[str, ...]
    found: NDArray[np.float32]
    themes: frozenset[str]
    maybe: frozenset[str] = frozenset()
    known: frozenset[str] | None = None
    mood: str = ""
    weight: float = 1.0
    group: str = ""


@dataclass(slots=True)
class Table:
    """Examples as a sparse matrix: stems and pairs, runs of letters, what the lexicon found."""

    pieces: dict[str, int]
    idf: NDArray[np.float32]
    matrix: Any = field(repr=False)


@lru_cache(maxsize=30_000)
def pieces_of(words: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """What stems and letters give; the same examples are cut again for every fold."""
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


def train(
    examples: Sequence[Example], slugs: Sequence[str], rules: Sequence[str], version: str = ""
) -> Model:
    """`slugs` are the themes to learn, `rules` those of the lexicon, in the order of `Example.found`."""
    table = tabulated(examples)
    weights = [np.asarray([e.weight for e in examples], np.float32)]
    columns = [_fitted(table.matrix, *_judged(examples, slug), weights[0]) for slug in slugs]
    columns += [_fitted(table.matrix, *_felt(examples, mood), weights[0]) for mood in MOODS]
    coefficients = np.array([one[0] for one in columns], np.float32).T
    text = len(table.pieces)
    return Model(
        slugs=tuple(slugs),
        rules=tuple(rules),
        pieces=table.pieces,
        weights=(coefficients[:text] * table.idf[:, None]).astype(np.float16),
        squares=table.idf**2,
        extras=coefficients[text:],
        bias=np.array([one[1] for one in columns], np.float32),
        bars=np.full(len(slugs), 0.5, np.float32),
        version=version,
    )


def _judged(examples: Sequence[Example], slug: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Whether each is about the theme, and whether it teaches anything about it."""
    yes = np.array([slug in e.themes for e in examples])
    teaches = np.array(
        [slug not in e.maybe and (e.known is None or slug in e.known or slug in e.themes) for e in examples]
    )
    return yes, teaches


def _felt(examples: Sequence[Example], mood: str) -> tuple[NDArray[Any], NDArray[Any]]:
    return np.array([e.mood == mood for e in examples]), np.array([bool(e.mood) for e in examples])


def _fitted(
    matrix: Any, yes: NDArray[Any], teaches: NDArray[Any], weights: NDArray[Any]
) -> tuple[NDArray[Any], float]:
    from sklearn.linear_model import LogisticRegression

    if yes[teaches].all() or not yes[teaches].any():
        return np.zeros(matrix.shape[1]), -6.0 if not yes[teaches].any() else 0.0
    fit = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, random_state=0)
    fit.fit(matrix[teaches], yes[teaches], sample_weight=weights[teaches])
    return fit.coef_[0], float(fit.intercept_[0])
