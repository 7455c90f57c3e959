"""What the filter of every list shares, whatever else it asks."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationInfo, field_validator, model_validator


class Filter(BaseModel):
    """A field that is left blank is not asked for; a period that has `from_` and `to` begins no later than it ends."""

    @model_validator(mode="before")
    @classmethod
    def blanks_are_absent(cls, given: Any) -> Any:
        return {k: v for k, v in given.items() if v != ""} if isinstance(given, dict) else given

    @field_validator("to", check_fields=False)
    @classmethod
    def after_the_first_day(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("from_")
        if value and first and value < first:
            raise ValueError("filter.days_reversed")
        return value
