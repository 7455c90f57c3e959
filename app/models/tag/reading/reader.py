"""The stages in order, for one note."""

from collections import defaultdict
from collections.abc import Mapping

from app.models.tag.reading import evidence, mood
from app.models.tag.reading.lexicon import Lexicon
from app.models.tag.reading.matching import Hit, matches
from app.models.tag.reading.scoring import THRESHOLD, by_theme, score
from app.models.tag.reading.shapes import Reading, Span, Suggestion
from app.models.tag.reading.words import Text, tokenise

MOST_SPANS = 4


def shorten(source: str, size: int) -> str:
    return source if len(source) <= size else f"{source[: size - 1]}…"


def read(texts: Mapping[str, str], lexicon: Lexicon) -> Reading:
    """Themes and sentiment of one note. `texts` maps a field to its text; the same texts always read the same."""
    found: dict[str, list[tuple[Hit, Text, list[mood.Feeling]]]] = defaultdict(list)
    overall = 0.0
    for field, raw in texts.items():
        text = tokenise(field, raw, lexicon.spelling)
        hits = matches(text, lexicon)
        themes = by_theme(hits, lexicon.themes)
        standing = {id(hit) for kept in themes.values() for hit in kept}
        felt = mood.feelings(
            text,
            [h for h in hits if id(h) in standing or h.rule.kind not in lexicon.themes],
        )
        overall += mood.total(felt)
        for slug, kept in themes.items():
            found[slug] += [(hit, text, felt) for hit in kept]
    suggestions = [
        _suggest(slug, rows) for slug, rows in found.items() if score(r[0] for r in rows) >= THRESHOLD
    ]
    suggestions.sort(key=lambda one: (-one.score, one.slug))
    return Reading(tuple(suggestions), mood.named(overall))


def _suggest(slug: str, rows: list[tuple[Hit, Text, list[mood.Feeling]]]) -> Suggestion:
    best = max(rows, key=lambda row: row[0].rule.weight)[0].rule
    rows = sorted(rows, key=lambda row: -row[0].rule.weight)
    spans: list[Span] = []
    valence = 0.0
    for field in dict.fromkeys(text.field for _, text, _ in rows):
        own = [row for row in rows if row[1].field == field][:MOST_SPANS]
        text, felt = own[0][1], own[0][2]
        for first, last in evidence.merged([evidence.readable(text, hit) for hit, _, _ in own]):
            weight = mood.total(felt, first, last)
            valence += weight
            spans.append(Span(field, text.starts[first], text.ends[last - 1], mood.named(weight)))
    return Suggestion(
        slug,
        score(row[0] for row in rows),
        tuple(spans[:MOST_SPANS]),
        mood.named(valence),
        "lexicon",
        best.source,
    )
