from sqlalchemy import and_
from sqlmodel import col

from app.models.field_note.table import FieldNote
from app.models.rule.table import RuleNote

STANDING = and_(col(FieldNote.id) == col(RuleNote.note_id), col(FieldNote.erased_at).is_(None))
"""Joins a rule's customers to their notes: an erased note is shown nowhere, and its customer counts nowhere."""
