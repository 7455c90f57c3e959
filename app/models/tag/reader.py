"""What this organisation's notes are read with now: its words, its model, and the version of both."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from sqlmodel import Session

from app.models.tag.learned import current_model
from app.models.tag.learning.model import Model
from app.models.tag.reading.lexicon import Lexicon
from app.models.tag.vocabulary import Vocabulary, lexicon_of, vocabulary_of


@dataclass(frozen=True, slots=True)
class Reader:
    """The same `version` (16 characters) reads the same words the same way."""

    lexicon: Lexicon
    model: Model
    version: str


def reader_for(db: Session) -> Reader:
    words, model = vocabulary_of(db), current_model(db)
    return Reader(lexicon_of(words), model, _version(words, model.version))


@lru_cache(maxsize=4)
def _version(words: Vocabulary, model: str) -> str:
    return hashlib.sha256(repr((words, model)).encode()).hexdigest()[:16]
