"""Lines as somebody in a hurry types them: one slip of a letter, in a word of six letters or more, always the same."""

import random
import re
from collections.abc import Sequence
from typing import Any

LONG = re.compile(r"(?<![\w'’])[a-z]{6,}(?![\w'’])")
LETTERS = "abcdefghijklmnoprstuvwz"


def slip(word: str, by: random.Random) -> str:
    """Never in the first letter, nor after the last."""
    at = by.randrange(1, len(word) - 1)
    return by.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
            word[:at] + by.choice(LETTERS) + word[at + 1 :],
        )
    )


def in_a_hurry(lines: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """With a slip in each, or in half of their long words; several times over."""
    typed = {"one_slip": (10, 0.0), "half_of_long_words": (5, 0.5)}
    return {
        name: [
            line | {"text": hurried(line["text"], f"{n} {at}", share)}
            for n in range(times)
            for at, line in enumerate(lines)
        ]
        for name, (times, share) in typed.items()
    }


def hurried(text: str, seed: str, share: float = 0.0) -> str:
    """With a slip in one word, or in this share of its long words."""
    by = random.Random(seed)
    long = list(LONG.finditer(text))
    if not long:
        return text
    wrong = [one for one in long if by.random() < share] if share else [by.choice(long)]
    for one in reversed(wrong):
        text = text[: one.start()] + slip(one[0], by) + text[one.end() :]
    return text
