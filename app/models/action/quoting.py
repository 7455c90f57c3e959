"""Where actions find their sentences. They are cut in a room below, since rules in the way rest on them too."""

from app.models.field_note.quoting import PICK, Quote, Span, bounds, picked, quote, sentences

__all__ = ["PICK", "Quote", "Span", "bounds", "picked", "quote", "sentences"]
