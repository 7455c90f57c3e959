"""The stages in order, for one note."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.tag.reading import evidence, mood
from app.models.tag.reading.lexicon import Lexicon
from app.models.tag.reading.matching import Hit, matches
from app.models.tag.reading.scoring import bar, by_theme, convincing, score
from app.models.tag.reading.shapes import Reading, Span, Suggestion, Voice
from app.models.tag.reading.words import Text, tokenise

MOST_SPANS = 4
PLAIN = Voice()


@dataclass(frozen=True, slots=True)
class Page:
    """One field: what it says, the hits of each theme, how it feels, and how far it counts."""

    text: Text
    themes: dict[str, list[Hit]]
    felt: list[mood.Feeling]
    voice: Voice


def read(texts: Mapping[str, str], lexicon: Lexicon, voices: Mapping[str, Voice] | None = None) -> Reading:
    """Themes and sentiment of one note. `texts` maps a field to its text; the same texts always read the same.

    `voices` says which fields count for less than a story does.
    """
    pages = [_page(field, raw, lexicon, (voices or {}).get(field, PLAIN)) for field, raw in texts.items()]
    least = bar(sum(len(page.text.words) for page in pages))
    found: dict[str, list[tuple[Page, list[Hit]]]] = defaultdict(list)
    for page in pages:
        clauses = evidence.clauses(page.text)
        for slug, hits in page.themes.items():
            if kept := convincing(hits, clauses, page.voice.themes, least):
                found[slug].append((page, kept))
    suggestions = [_suggest(slug, parts) for slug, parts in found.items()]
    suggestions.sort(key=lambda one: (-one.score, one.slug))
    feeling = sum(page.voice.feeling * mood.total(page.felt) for page in pages)
    return Reading(tuple(suggestions), mood.named(feeling))


def _page(field: str, raw: str, lexicon: Lexicon, voice: Voice) -> Page:
    text = tokenise(field, raw, lexicon.spelling, lexicon.mended)
    hits = matches(text, lexicon)
    themes = by_theme(hits, lexicon.themes)
    standing = {id(hit) for kept in themes.values() for hit in kept}
    felt = mood.feelings(text, [h for h in hits if id(h) in standing or h.rule.kind not in lexicon.themes])
    return Page(text, themes, felt, voice)


def _suggest(slug: str, parts: list[tuple[Page, list[Hit]]]) -> Suggestion:
    """The field that says it most clearly comes first."""
    parts = sorted(parts, key=lambda part: -score(part[1], part[0].voice.themes))
    spans: list[Span] = []
    valence = 0.0
    doubt = 1.0
    for page, hits in parts:
        text = page.text
        doubt *= 1.0 - score(hits, page.voice.themes)
        clearest = sorted(hits, key=lambda hit: -hit.rule.weight)[:MOST_SPANS]
        for first, last in evidence.merged(
            [evidence.readable(text, hit.first, hit.last) for hit in clearest]
        ):
            weight = mood.total(page.felt, first, last)
            valence += page.voice.feeling * weight
            spans.append(Span(text.field, text.starts[first], text.ends[last - 1], mood.named(weight)))
    best = max(parts[0][1], key=lambda hit: hit.rule.weight).rule
    return Suggestion(
        slug,
        round(1.0 - doubt, 3),
        tuple(spans[:MOST_SPANS]),
        mood.named(valence),
        "lexicon",
        best.source,
    )
