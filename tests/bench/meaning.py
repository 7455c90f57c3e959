"""The sentence encoder in the figures of the tagger."""

from collections.abc import Sequence
from typing import Any


class Remembering:
    """The encoder, with what it encoded before: folds share most of their sentences."""

    def __init__(self, encoder: Any) -> None:
        self.encoder, self.name = encoder, encoder.name
        self.known: dict[str, Any] = {}

    def encode(self, texts: Sequence[str]) -> Any:
        import numpy as np

        if new := [text for text in dict.fromkeys(texts) if text not in self.known]:
            self.known |= dict(zip(new, self.encoder.encode(new), strict=True))
        return np.array([self.known[text] for text in texts])


def sense_of(encoder: Any) -> Any:
    """What the shipped tagger reads by meaning with."""
    from app.models.tag.meaning.sensing import Sense
    from app.models.tag.meaning.shipped import shipped_head

    return Sense(encoder, shipped_head(encoder)) if encoder else None
