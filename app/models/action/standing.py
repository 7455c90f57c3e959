from sqlalchemy import and_
from sqlmodel import col

from app.models.action.table import Evidence
from app.models.field_note.table import FieldNote

STANDING = and_(col(FieldNote.id) == col(Evidence.note_id), col(FieldNote.erased_at).is_(None))
"""Joins evidence to its note: words of an erased note are shown nowhere, and its customer counts nowhere."""
