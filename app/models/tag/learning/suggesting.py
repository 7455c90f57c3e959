"""One note read by lexicon and model together: themes, their words, and how each was felt. Pure.

With a sense it is read by its meaning too, and the meaning has a say in everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.models.tag.learning.finding import Passage, feeling, numbers, passages, search
from app.models.tag.learning.model import MOODS, Model, Weighed
from app.models.tag.meaning.sensing import Sense
from app.models.tag.reading import evidence
from app.models.tag.reading.lexicon import OWN, Lexicon
from app.models.tag.reading.matching import Hit
from app.models.tag.reading.reader import MOST_SPANS, PLAIN
from app.models.tag.reading.scoring import score
from app.models.tag.reading.shapes import Reading, Span, Suggestion, Voice
from app.models.tag.reading.words import tokenise

LONG = 0.03
"""What each passage beyond the first adds to the bar: the more is said, the more of it fits by chance."""
MOST_LONG = 0.12
UNDECIDED = 0.05
"""A note whose good and bad weigh so nearly the same is neutral."""
FEELINGS = 3
"""Numbers of `feeling`, which stand last among those of a passage."""
TELLING = 3
"""So many words are named as the reason of what was learned."""


@dataclass(frozen=True, slots=True)
class Page:
    """A passage as it was weighed; `chances` per column of the model, `by_words` the same without the meaning."""

    passage: Passage
    voice: Voice
    weighed: Weighed
    chances: np.ndarray
    by_words: np.ndarray


@dataclass(frozen=True, slots=True)
class Claim:
    """A theme in one passage: how sure (0..1, suggested from 0.5), and on which words it rests."""

    page: Page
    score: float
    ranges: list[tuple[int, int]]
    origin: str
    why: str


def suggest(
    texts: Mapping[str, str],
    lexicon: Lexicon,
    model: Model,
    voices: Mapping[str, Voice] | None = None,
    sense: Sense | None = None,
) -> Reading:
    """`texts` is {field: what was said}; spans point into these very strings. `voices` says which fields count less.
    The themes of `sense` are those of `model`."""
    pages = _pages(texts, lexicon, model, voices or {}, sense)
    extra = min(LONG * max(0, len(pages) - 1), MOST_LONG)
    claims: dict[str, list[Claim]] = {}
    for page in pages:
        for claim_of, claim in _claims(page, lexicon, model, extra, sense):
            claims.setdefault(claim_of, []).append(claim)
    suggestions = [_suggested(slug, found, model, sense) for slug, found in claims.items()]
    suggestions.sort(key=lambda one: (-one.score, one.slug))
    return Reading(tuple(suggestions), _mood_of(pages))


def _pages(
    texts: Mapping[str, str],
    lexicon: Lexicon,
    model: Model,
    voices: Mapping[str, Voice],
    sense: Sense | None,
) -> list[Page]:
    read = [
        (voices.get(name, PLAIN), passage)
        for name, raw in texts.items()
        for passage in passages(search(tokenise(name, raw, lexicon.spelling, lexicon.mended), lexicon))
        if any(word != "." for word in passage.words)
    ]
    if sense:
        sense.take_in(passage for _, passage in read)
    made = []
    for voice, passage in read:
        weighed = model.weigh(passage.words, numbers(passage, model.rules))
        logits = sense.weighed(passage, weighed.logits) if sense else weighed.logits
        made.append(Page(passage, voice, weighed, _chance(logits), _chance(weighed.logits)))
    return made


def _claims(
    page: Page, lexicon: Lexicon, model: Model, extra: float, sense: Sense | None
) -> list[tuple[str, Claim]]:
    claims = []
    bars = sense.head.bars if sense else model.bars
    for at, slug in enumerate(model.slugs):
        sure = _scaled(float(page.chances[at]) * page.voice.themes, float(bars[at]) + extra)
        hits = page.passage.hits(slug)
        own = [hit for hit in hits if hit.rule.weight >= OWN]
        if own:
            claims.append((slug, _claim(page, max(sure, score(own)), own, at)))
        elif sure >= 0.5:
            by_words = float(page.by_words[at]) * page.voice.themes >= float(model.bars[at]) + extra
            meant = sense if sense and not by_words else None
            claims.append(
                (slug, _meant(page, sure, hits, at, meant) if meant else _claim(page, sure, hits, at))
            )
    for slug in lexicon.themes:
        if slug not in model.slugs and (hits := page.passage.hits(slug)):
            sure = score(hits, page.voice.themes)
            if sure >= 0.5:
                claims.append((slug, _claim(page, sure, hits, None)))
    return [(slug, claim) for slug, claim in claims if claim.ranges]


def _claim(page: Page, sure: float, hits: list[Hit], column: int | None) -> Claim:
    text = page.passage.found.text
    if hits:
        clearest = sorted(hits, key=lambda hit: -hit.rule.weight)[:MOST_SPANS]
        ranges = evidence.merged([evidence.readable(text, hit.first, hit.last) for hit in clearest])
        return Claim(page, sure, ranges, "lexicon", clearest[0].rule.source)
    told = _telling(page, column) if column is not None else []
    if not told:
        return Claim(page, sure, [], "learned", "")
    first = page.passage.first + told[0]
    reason = " ".join(page.passage.words[at] for at in sorted(told))
    return Claim(page, sure, [evidence.readable(text, first, first + 1)], "learned", reason)


def _meant(page: Page, sure: float, hits: list[Hit], column: int, sense: Sense) -> Claim:
    """The words alone would not have suggested it; what the lexicon found is the evidence, else the nearest clause."""
    if hits:
        return replace(_claim(page, sure, hits, column), origin="meaning")
    first, last = sense.nearest(page.passage, column)
    ranges = [evidence.readable(page.passage.found.text, first, last)]
    return Claim(page, sure, ranges, "meaning", "")


def _telling(page: Page, column: int) -> list[int]:
    """The words that gave most to this theme, the first of them most of all."""
    shares = page.weighed.shares[:, column]
    ordered = [int(at) for at in np.argsort(-shares, kind="stable") if page.passage.words[at] != "."]
    return [at for at in ordered[:TELLING] if shares[at] > 0]


def _suggested(slug: str, claims: list[Claim], model: Model, sense: Sense | None) -> Suggestion:
    """The passage that says it most clearly comes first."""
    claims = sorted(claims, key=lambda claim: -claim.score)
    spans: list[Span] = []
    valence = 0.0
    for claim in claims:
        text = claim.page.passage.found.text
        for first, last in claim.ranges:
            felt = _felt(claim.page, model, (first, last), sense)
            valence += claim.page.voice.feeling * (felt[2] - felt[0])
            spans.append(Span(text.field, text.starts[first], text.ends[last - 1], MOODS[int(felt.argmax())]))
    best = claims[0]
    alone = len(spans) == 1
    return Suggestion(
        slug,
        round(best.score, 3),
        tuple(spans[:MOST_SPANS]),
        spans[0].sentiment if alone else _named(valence / len(spans)),
        best.origin,
        best.why,
    )


def _felt(page: Page, model: Model, near: tuple[int, int], sense: Sense | None) -> np.ndarray:
    """Of these words: what is different about them from the passage as a whole moves its moods."""
    passage, moods = page.passage, len(MOODS)
    other = np.subtract(feeling(passage, near), feeling(passage, (passage.first, passage.last)))
    by_words = page.weighed.logits[-moods:] + other.astype(np.float32) @ model.extras[-FEELINGS:, -moods:]
    return _chance(sense.felt(passage, by_words, *near) if sense else by_words)


def _mood_of(pages: list[Page]) -> str:
    """Of one passage what is likeliest; of several their balance, the longer ones counting for more."""
    if not pages:
        return "neutral"
    if len(pages) == 1:
        return MOODS[int(pages[0].chances[-len(MOODS) :].argmax())]
    size = [page.voice.feeling * len(page.passage.words) ** 0.5 for page in pages]
    moods = [page.chances[-len(MOODS) :] for page in pages]
    balance = sum(s * float(m[2] - m[0]) for s, m in zip(size, moods, strict=True)) / max(sum(size), 1e-9)
    return _named(balance)


def _named(balance: float) -> str:
    if abs(balance) < UNDECIDED:
        return "neutral"
    return "positive" if balance > 0 else "negative"


def _chance(logits: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-logits))


def _scaled(chance: float, bar: float) -> float:
    """0.5 at the bar, 1 for certain."""
    return chance / bar / 2 if chance < bar else 0.5 + 0.5 * (chance - bar) / (1.0 - bar)
