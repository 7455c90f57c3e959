"""Reads one note and suggests themes and sentiment, each with the note's own words. Pure: no database, no clock.

Stages: words (tokenise) -> matching -> scoring -> evidence (spans) -> mood (sentiment).
"""

from app.models.tag.reading.lexicon import Lexicon, shipped
from app.models.tag.reading.reader import read
from app.models.tag.reading.shapes import Reading, Span, Suggestion, Voice

__all__ = ["Lexicon", "Reading", "Span", "Suggestion", "Voice", "read", "shipped"]
