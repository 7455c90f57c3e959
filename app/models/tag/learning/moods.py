"""Whether an organisation's own moods make a better reader: tried on what it had not seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.models.tag.learning.folds import FOLDS, folds_of
from app.models.tag.learning.model import MOODS, Model
from app.models.tag.learning.training import Example, Lessons


def judged_moods(
    base: Sequence[Example],
    own: Sequence[Example],
    left: Sequence[Example],
    before: Model,
    rules: Sequence[str],
) -> dict[str, float]:
    """Shares of moods that were read right, with `own` and with the model `before`; nothing when nobody gave one.

    People give a mood where the reader was wrong, so on these alone any change would win; those `left` as they were
    read are tried too, and taught never.
    """
    given = [example for example in own if example.mood]
    if not given:
        return {}
    lessons = Lessons([*base, *own, *left], rules)
    folds = folds_of(lessons, [*own, *left])
    said = np.array([MOODS.index(example.mood) if example.mood else -1 for example in lessons.examples])
    taught = np.arange(len(said)) < len(base) + len(own)
    tried = (folds >= 0) & (said >= 0)
    right = 0
    for fold in range(FOLDS):
        held = tried & (folds == fold)
        if held.any():
            right += int((lessons.moods(taught & (folds != fold), held) == said[held]).sum())
    judged = [*given, *left]
    former = [int(logits_of(before, one, rules)[-len(MOODS) :].argmax()) for one in judged]
    same = sum(MOODS[mood] == one.mood for mood, one in zip(former, judged, strict=True))
    return {
        "felt": round(right / len(judged), 4),
        "felt_before": round(same / len(judged), 4),
        "moods": len(judged),
    }


def logits_of(model: Model, example: Example, rules: Sequence[str]) -> NDArray[np.float32]:
    """By a model that may know fewer rules than the lexicon has."""
    known = [rules.index(rule) for rule in model.rules]
    found = np.concatenate([example.found[known], example.found[len(rules) :]])
    return model.weigh(example.words, found).logits
