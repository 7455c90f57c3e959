"""A trained model as the server uses it: numpy and a dictionary, no scikit-learn."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.features import KNOWN_WORDS, runs, stem

Vector = NDArray[np.float32]
FORM = 1
"""Of the pieces that words are cut in; another form of pieces needs another model."""
MOODS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Weighed:
    """`logits` per column; `shares` what each word gave to each column, before the bias: shape (words, columns)."""

    logits: Vector
    shares: Vector


@dataclass(slots=True)
class Model:
    """Columns: the themes in `slugs`, then the three moods. A row of `weights` is a piece of a word.

    `squares` are what pieces add to the squared length of a text; `extras` weigh what the lexicon found (a row for each
    theme in `rules`, then its feelings). `bars` are the chances, per theme, from which it is suggested.
    """

    slugs: tuple[str, ...]
    rules: tuple[str, ...]
    pieces: dict[str, int]
    weights: NDArray[Any]
    squares: Vector
    extras: Vector
    bias: Vector
    bars: Vector
    version: str = ""
    _words: dict[str, Vector] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        return len(self.slugs) + len(MOODS)

    def weigh(self, words: Sequence[str], found: Vector) -> Weighed:
        """`words` as the tokeniser folds them; `found` what the lexicon says of the same words."""
        if not words:
            return Weighed(self.bias + found @ self.extras, np.zeros((0, self.columns), np.float32))
        width = self.columns
        known = np.array([self._word(word) for word in words])
        whole, letters = known[:, :width], known[:, width : 2 * width]
        size, small = float(known[:, -2].sum()), float(known[:, -1].sum())
        if pairs := self._pairs(words):
            at, rows = (list(column) for column in zip(*pairs, strict=True))
            gives = self.weights[rows].astype(np.float32) / 2
            whole[at] += gives
            whole[[one + 1 for one in at]] += gives
            size += float(self.squares[rows].sum())
        shares = whole / max(size, 1e-9) ** 0.5 + letters / max(small, 1e-9) ** 0.5
        return Weighed(shares.sum(axis=0) + found @ self.extras + self.bias, shares)

    def _pairs(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """(where, piece) of each two neighbours that are known."""
        stems = [stem(word) for word in words]
        names = (f"{one} {other}" for one, other in pairwise(stems))
        return [(at, piece) for at, name in enumerate(names) if (piece := self.pieces.get(name)) is not None]

    def _word(self, word: str) -> Vector:
        """What its stem weighs, what its letters weigh, and the squares of both."""
        known = self._words.get(word)
        if known is None:
            stems, size = self._sum([stem(word)] if word != "." else [])
            letters, small = self._sum(runs(word) if word != "." else [])
            known = np.concatenate([stems, letters, np.array([size, small], np.float32)])
            if len(self._words) < KNOWN_WORDS:
                self._words[word] = known
        return known

    def _sum(self, names: Sequence[str]) -> tuple[Vector, float]:
        rows = [row for name in names if (row := self.pieces.get(name)) is not None]
        if not rows:
            return np.zeros(self.columns, np.float32), 0.0
        return self.weights[rows].astype(np.float32).sum(axis=0), float(self.squares[rows].sum())


def to_bytes(model: Model) -> bytes:
    packed = io.BytesIO()
    told = {
        "slugs": model.slugs,
        "rules": model.rules,
        "version": model.version,
        "pieces": list(model.pieces),
    }
    np.savez_compressed(
        packed,
        told=np.frombuffer(json.dumps(told).encode(), np.uint8),
        weights=model.weights,
        squares=model.squares,
        extras=model.extras,
        bias=model.bias,
        bars=model.bars,
    )
    return packed.getvalue()


def from_bytes(packed: bytes) -> Model:
    with np.load(io.BytesIO(packed), allow_pickle=False) as found:
        told = json.loads(found["told"].tobytes())
        return Model(
            slugs=tuple(told["slugs"]),
            rules=tuple(told["rules"]),
            pieces={name: row for row, name in enumerate(told["pieces"])},
            weights=found["weights"],
            squares=found["squares"],
            extras=found["extras"],
            bias=found["bias"],
            bars=found["bars"],
            version=told["version"],
        )
