"""The shipped lexicon judged cold: `python -m tests.bench.cold PATH [FIRST-LAST]` prints one JSON object.

PATH holds a JSON object per line: id, text, themes, ok (defensible too), sentiment (positief, negatief, neutraal).
"""

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from app.models.tag.reading import read, shipped

SENTIMENTS = {"positief": "positive", "negatief": "negative", "neutraal": "neutral"}
MEASURED_SECONDS = 1.0


def judge(lines: list[dict[str, Any]]) -> dict[str, float]:
    """recall over `themes`; precision where only what lies outside themes + ok is wrong; rates 0..1."""
    lexicon = shipped()
    wanted = given = hit = right = mood = valid = spans = 0
    for line in lines:
        reading = read({"text": line["text"]}, lexicon)
        slugs = {suggestion.slug for suggestion in reading.suggestions}
        wanted += len(line["themes"])
        given += len(slugs)
        hit += len(slugs & set(line["themes"]))
        right += len(slugs & {*line["themes"], *line["ok"]})
        mood += reading.sentiment == SENTIMENTS[line["sentiment"]]
        for suggestion in reading.suggestions:
            spans += max(1, len(suggestion.spans))
            valid += sum(0 <= s.start < s.end <= len(line[s.field]) for s in suggestion.spans)
    rounds, made, began = 0, 0, perf_counter()
    while perf_counter() - began < MEASURED_SECONDS:
        for line in lines:
            made += len(read({"text": line["text"]}, lexicon).suggestions)
        rounds += 1
    took = perf_counter() - began
    return {
        "lines": len(lines),
        "recall": round(hit / max(1, wanted), 3),
        "precision": round(right / max(1, given), 3),
        "sentiment": round(mood / max(1, len(lines)), 3),
        "evidence_valid": round(valid / max(1, spans), 3),
        "suggestions_per_second": round(made / took),
        "readings_per_second": round(rounds * len(lines) / took),
    }


if __name__ == "__main__":
    records = [json.loads(row) for row in Path(sys.argv[1]).read_text("utf-8").splitlines() if row.strip()]
    if len(sys.argv) > 2:
        first, last = map(int, sys.argv[2].split("-"))
        records = [record for record in records if first <= record["id"] <= last]
    print(json.dumps(judge(records)))
