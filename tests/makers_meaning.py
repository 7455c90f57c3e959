"""A sense that is made in a moment: the real encoder, and a head that knows one theme by one sentence."""

import numpy as np

from app.models.tag.learning.shipped import shipped_model
from app.models.tag.meaning.encoder import Encoder
from app.models.tag.meaning.head import Head

WAITING, FLOWERS = "We moesten heel lang wachten", "Er staan bloemen in de vaas"
SAID = "De bloemen op de toonbank waren geel. De klok tikte door en wij zaten daar maar."
"""Of which the words alone do not suggest `wachttijd`."""
CLAUSE = "De klok tikte door en wij zaten daar maar"


def head_for(encoder: Encoder) -> Head:
    """Of all themes it knows waiting alone; about the others, and the moods, it has nothing to say."""
    slugs = shipped_model().slugs
    waiting, flowers = encoder.encode([WAITING, FLOWERS])
    themes = np.zeros((waiting.size, len(slugs)), np.float32)
    themes[:, slugs.index("wachttijd")] = 150 * (waiting - flowers)
    bias = np.zeros(len(slugs), np.float32)
    bias[slugs.index("wachttijd")] = 10
    return Head(
        slugs=slugs,
        encoder=encoder.name,
        centre=(waiting + flowers) / 2,
        themes=themes,
        theme_bias=bias,
        moods=np.zeros((2 * waiting.size, 3), np.float32),
        mood_bias=np.zeros(3, np.float32),
        bars=np.full(len(slugs), 0.5, np.float32),
    )
