"""What was learned on vectors: a weight for every theme and mood, beside those of the linear model. Numpy alone."""

import io
import json
from dataclasses import dataclass

import numpy as np

from app.models.tag.learning.model import MOODS, Vector

THEMES, FEELINGS = 0.5, 0.4
"""How much the meaning counts, against the words for the rest: of its own it knows less than they do."""


@dataclass(slots=True)
class Head:
    """`themes`: (dimensions, slugs). `moods`: (twice the dimensions, 3), of a passage and then of the clause that it is
    about. `bars` are chances by words and meaning together, from which a theme is suggested.
    """

    slugs: tuple[str, ...]
    encoder: str
    centre: Vector
    themes: Vector
    theme_bias: Vector
    moods: Vector
    mood_bias: Vector
    bars: Vector

    def nearness(self, whole: Vector) -> Vector:
        """A logit for each theme; one row for each text."""
        return np.asarray((whole - self.centre) @ self.themes + self.theme_bias, np.float32)

    def weighed_themes(self, by_words: Vector, whole: Vector) -> Vector:
        """Logits by words and meaning together."""
        found: Vector = (1 - THEMES) * by_words + THEMES * self.nearness(whole)
        return found

    def weighed_moods(self, by_words: Vector, whole: Vector, near: Vector) -> Vector:
        both = np.concatenate([whole - self.centre, near - self.centre], axis=-1)
        found: Vector = (1 - FEELINGS) * by_words + FEELINGS * (both @ self.moods + self.mood_bias)
        return found

    def weighed(self, by_words: Vector, whole: Vector) -> Vector:
        """All columns of the model, of a passage as a whole."""
        moods = len(MOODS)
        themes = self.weighed_themes(by_words[:-moods], whole)
        return np.concatenate([themes, self.weighed_moods(by_words[-moods:], whole, whole)])


ARRAYS = ("centre", "themes", "theme_bias", "moods", "mood_bias", "bars")


def to_bytes(head: Head) -> bytes:
    packed = io.BytesIO()
    told = json.dumps({"slugs": head.slugs, "encoder": head.encoder}).encode()
    arrays = {name: getattr(head, name) for name in ARRAYS}
    np.savez_compressed(packed, allow_pickle=False, told=np.frombuffer(told, np.uint8), **arrays)
    return packed.getvalue()


def from_bytes(packed: bytes) -> Head:
    with np.load(io.BytesIO(packed), allow_pickle=False) as found:
        told = json.loads(found["told"].tobytes())
        arrays = {name: found[name] for name in ARRAYS}
        return Head(slugs=tuple(told["slugs"]), encoder=told["encoder"], **arrays)
