"""What an organisation's own decisions mean: their vectors, and how well words and meaning do together on them."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.training import Example, Lessons
from app.models.tag.meaning.encoder import Encoder
from app.models.tag.meaning.head import THEMES
from app.models.tag.meaning.shipped import shipped_vectors
from app.models.tag.meaning.teaching import Meanings, vectors_of

MOST = 4_000
"""Texts of decisions that are encoded: a minute or two. The words of all of them are learned."""


def meanings_of(lessons: Lessons, own: Sequence[Example], encoder: Encoder) -> Meanings:
    """Of what was decided so many as there is time for, by chance but always the same."""
    known = shipped_vectors(encoder) if len(lessons.examples) > len(own) else {}
    by_chance = sorted(own, key=lambda example: hashlib.sha256(example.group.encode()).digest())
    texts = dict.fromkeys(text for e in by_chance for text in (e.said, e.around) if text not in known)
    return Meanings(lessons, known | vectors_of(list(texts)[:MOST], encoder), encoder.name)


def unseen(
    meanings: Meanings, folds: NDArray[np.int_], chances: NDArray[np.float64], taught: Sequence[str]
) -> NDArray[np.float64]:
    """The chance of every theme in every own passage, by words (`chances`) and meaning together, where neither was
    taught anything by its note; by the words alone where there is no vector."""
    found, mine = chances.copy(), folds >= 0
    for fold in np.unique(folds[mine]):
        held = (folds == fold) & meanings.there
        if held.any():
            found[held[mine]] = _together(chances[held[mine]], meanings.logits(taught, held))
    return found


def _together(chances: NDArray[np.float64], meant: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.clip(chances, 1e-9, 1 - 1e-9)
    logits: NDArray[np.float64] = (1 - THEMES) * np.log(known / (1 - known)) + THEMES * meant
    return 1 / (1 + np.exp(-logits))
