"""What a group could be called, and what kind of action it asks for. Pure; people change both before it counts."""

import re
from collections import Counter
from collections.abc import Sequence

from app.models.action.table import ActionKind
from app.models.proposal.shapes import Passage
from app.models.proposal.stems import boost, root, stems_of

TELLING = 3
LONGEST = 160
IN_THE_WAY = re.compile(
    r"€|\beuro|\b(mag|mocht|mogen) (\w+ ){0,2}(niet|geen)\b|\bverplicht|\bregels?\b|\bprocedure|formulier|\btarief"
    r"|\bkosten\b|\bkost\b|\bbeleid\b|\bprotocol|\bboete|\bleges\b|\btoeslag|\bscript|\brequired\b"
    r"|\bnot allowed\b|\bfees?\b|\brules?\b",
    re.IGNORECASE,
)


def kind_of(slug: str, tone: str, texts: Sequence[str]) -> ActionKind:
    """`slug` is the theme's. Praise is kept; where the employee had no room, room is asked for; where most name a rule,
    a fee or "mag niet", that can be cleared away."""
    if tone == "positive":
        return ActionKind.KEEP
    if slug == "ruimte":
        return ActionKind.ROOM
    named = sum(bool(IN_THE_WAY.search(text)) for text in texts)
    return ActionKind.CLEAR if named * 2 >= len(texts) else ActionKind.IMPROVE


def title_of(theme: str, quotes: Sequence[Passage]) -> str:
    """The theme and the words that most customers share: "Kosten en tarieven: € 35, overboeking"."""
    words = ", ".join(telling([quote.text for quote in quotes]))
    return (f"{theme}: {words}" if words else theme)[:LONGEST]


def telling(texts: Sequence[str]) -> list[str]:
    """At most three words that at least half of the texts have, in the order in which they are mostly said."""
    said: Counter[str] = Counter()
    weight: dict[str, float] = {}
    shown: dict[str, str] = {}
    for text in texts:
        stems = stems_of(text)
        said.update({root(stem) for stem in stems})
        for stem, word in stems.items():
            key = root(stem)
            weight[key] = max(weight.get(key, 0.0), boost(stem))
            written = f"€ {stem[1:]}" if stem[0] == "€" else word.lower()
            shown[key] = min(shown.get(key, written), written, key=lambda w: (len(w), w))
    enough = max(2, (len(texts) + 1) // 2)
    shared = [key for key, many in said.items() if many >= enough]
    best = sorted(shared, key=lambda key: (-said[key] * weight[key], list(shown).index(key)))[:TELLING]
    return [shown[key] for key in best]
