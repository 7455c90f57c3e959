"""Which examples a model is not taught, to be tried on."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.training import Example, Lessons

FOLDS = 3


def folds_of(lessons: Lessons, own: Sequence[Example]) -> NDArray[np.int_]:
    """A number for each own example, the same for those of one note; -1 for what is shipped, which comes first."""
    before = len(lessons.examples) - len(own)
    return np.array([-1] * before + [_fold(example.group) for example in own])


def _fold(key: str) -> int:
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS
