"""The bytes of a note as an object, however odd what is in it. Pure."""

import json
from typing import Any

from pydantic_core import from_json

DEEPEST = 100
"""What is in what is in what: far beyond any note, and little enough for every page that walks through it."""


def parsed(sent: bytes) -> dict[str, Any]:
    """ValueError when it is no JSON object in UTF-8. Half an emoji, which a phone cuts off at its longest text, becomes
    a mark; it would else keep the whole note away for ever."""
    text = sent.decode()
    try:
        raw = from_json(text, allow_inf_nan=False)
    except ValueError:
        raw = _mended(_loaded(text))
    if not isinstance(raw, dict):
        raise ValueError("not an object")
    return raw


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as deep:
        raise ValueError("too deep") from deep


def _mended(found: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(found, str):
        return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(found, dict):
        return {_mended(name): _mended(value, depth + 1) for name, value in found.items()}
    return [_mended(value, depth + 1) for value in found] if isinstance(found, list) else found
