"""Lines as somebody in a hurry types them: one slip of a letter, in a word of six letters or more, always the same."""

import random
import re

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
