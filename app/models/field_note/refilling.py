"""What was sent back into the fields of a form, so that a person can mend it. Pure, and used to anything coming in."""

from collections.abc import Mapping
from typing import Any

from app.models.guide.queries import Outline


def fields_of(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """The fields that `draft_from` reads; `raw` is a draft as JSON, right or wrong. Not whom to call back."""
    fields: dict[str, list[str]] = {}
    if raw.get("declined") is True:
        fields["consent"] = ["no"]
    elif raw.get("consent"):
        fields["consent"] = ["yes"]
    for name, answer in answers_in(raw).items():
        fields[f"answers.{name}"] = texts_of(answer["value"])
        if isinstance(answer.get("literal"), bool):
            fields[f"literal.{name}"] = ["true" if answer["literal"] else "false"]
    if isinstance(raw.get("effect"), str):
        fields["effect"] = [raw["effect"]]
    return fields


def answers_in(raw: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Each answer with a value at least; what is no answer at all becomes the value of one."""
    given = raw.get("answers")
    found = given if isinstance(given, Mapping) else {"text": given} if given else {}
    return {
        str(name): dict(answer) if isinstance(answer, Mapping) and "value" in answer else {"value": answer}
        for name, answer in found.items()
    }


def texts_of(value: Any) -> list[str]:
    """As a form would post it: a text for each choice."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in texts_of(one)]
    return [str(value)]


def quotes_in(raw: Mapping[str, Any]) -> int:
    """How many boxes for quotes a form needs: one more than there are."""
    numbers = [name.removeprefix("quote-") for name in answers_in(raw) if name.startswith("quote-")]
    return min(20, max([int(n) for n in numbers if n.isdecimal() and len(n) < 3], default=0) + 1)


def asked(guide: Outline) -> set[str]:
    return {question.key for question in guide.questions}
