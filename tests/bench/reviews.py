"""Reviews of SemEval-2016 task 5, sentence by sentence."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True)
class Sentence:
    """`opinions` are (category, polarity, start, end); without a target start and end are 0."""

    review: str
    key: str
    text: str
    opinions: tuple[tuple[str, str, int, int], ...]


def semeval(path: Path) -> list[Sentence]:
    found = []
    for review in ElementTree.parse(path).getroot():  # noqa: S314 - the administrator's own file
        for sentence in review.iter("sentence"):
            opinions = tuple(
                (o.get("category", ""), o.get("polarity", ""), int(o.get("from") or 0), int(o.get("to") or 0))
                for o in sentence.iter("Opinion")
            )
            found.append(
                Sentence(
                    review.get("rid", ""), sentence.get("id", ""), sentence.findtext("text") or "", opinions
                )
            )
    return found
