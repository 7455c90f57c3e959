"""What customers were told would happen, and what they hear of it."""

from app.models.promise import following as following
