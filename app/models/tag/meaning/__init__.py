"""What words mean, beside which words they are: a second opinion on a note by a sentence encoder. Optional, and slow.

Stages: encoder (texts into vectors) -> teaching (scikit-learn) -> head (numpy) -> sensing (one note).
"""
