"""From examples and their vectors to a head, with scikit-learn. The same examples give the same weights."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.model import MOODS, Vector
from app.models.tag.learning.training import NEVER, Lessons
from app.models.tag.meaning.encoder import Encoder
from app.models.tag.meaning.head import Head

STRENGTH, SCALE = 0.3, 5.0
"""Inverse of regularisation; vectors of an encoder lie close together, so they are drawn apart first."""
AT_ONCE = 64

Known = Mapping[str, Vector]


class Meanings:
    """The examples of `lessons` as vectors; `there` says which of them have one."""

    def __init__(self, lessons: Lessons, known: Known, encoder: str) -> None:
        self.lessons, self.encoder = lessons, encoder
        nothing = np.zeros_like(next(iter(known.values())))
        self.there = np.array([e.said in known and e.around in known for e in lessons.examples])
        self.whole = np.array([known.get(e.said, nothing) for e in lessons.examples], np.float32)
        near = np.array([known.get(e.around, nothing) for e in lessons.examples], np.float32)
        self.centre: Vector = self.whole[self.there].mean(axis=0)
        self._themes = (self.whole - self.centre) * SCALE
        self._moods = np.hstack([self._themes, (near - self.centre) * SCALE])

    def head(self, slugs: Sequence[str], bars: Vector) -> Head:
        themes = [self._fitted(self._themes, *self.lessons.judged(slug), self.there) for slug in slugs]
        moods = [self._fitted(self._moods, *self.lessons.felt(mood), self.there) for mood in MOODS]
        return Head(
            slugs=tuple(slugs),
            encoder=self.encoder,
            centre=self.centre,
            themes=_columns(themes),
            theme_bias=np.array([bias for _, bias in themes], np.float32),
            moods=_columns(moods),
            mood_bias=np.array([bias for _, bias in moods], np.float32),
            bars=bars,
        )

    def logits(self, slugs: Sequence[str], held: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Of the `held` examples, by a head of all the others; shape (held, slugs)."""
        found = []
        for slug in slugs:
            weights, bias = self._fitted(self._themes, *self.lessons.judged(slug), self.there & ~held)
            found.append(self._themes[held] @ weights + bias)
        return np.array(found).T.reshape(int(held.sum()), len(slugs))

    def _fitted(
        self, vectors: Vector, yes: NDArray[np.bool_], teaches: NDArray[np.bool_], rows: NDArray[np.bool_]
    ) -> tuple[NDArray[Any], float]:
        from sklearn.linear_model import LogisticRegression

        used = teaches & rows
        if not yes[used].any() or yes[used].all():
            return np.zeros(vectors.shape[1]), 0.0 if yes[used].any() else NEVER
        fit = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=1000, random_state=0)
        fit.fit(vectors[used], yes[used], sample_weight=self.lessons.weights[used])
        return fit.coef_[0], float(fit.intercept_[0])


def _columns(fitted: Sequence[tuple[NDArray[Any], float]]) -> Vector:
    return (np.array([weights for weights, _ in fitted]).T * SCALE).astype(np.float32)


def vectors_of(texts: Sequence[str], encoder: Encoder) -> dict[str, Vector]:
    """Each text once."""
    once = list(dict.fromkeys(texts))
    found: dict[str, Vector] = {}
    for at in range(0, len(once), AT_ONCE):
        some = once[at : at + AT_ONCE]
        found |= dict(zip(some, encoder.encode(some), strict=True))
    return found
