"""Days, times and numbers as the reader writes them; shown in the organisation's own time zone."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from app.clock import local, now
from app.models.record import in_language


def local_day(moment: datetime | date) -> date:
    return local(moment).date() if isinstance(moment, datetime) else moment


def initials(name: str) -> str:
    parts = [p for p in name.split() if p[:1].isalpha()]
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper() if parts else "?"


NARROW = "\u202f"
QUOTED = re.compile(r"(?<![^\W_])[‘'](?=\S)([^‘’']|(?<=\w)[’'](?=\w))+?(?<=\S)[’'](?!\w)")


def inner_quotes(text: str) -> str:
    """For words that stand between ‘ and ’ themselves: ‘ja’ inside becomes “ja”. As long as it was."""
    return QUOTED.sub(lambda found: f"“{found[0][1:-1]}”", text)


def quoted(text: str) -> str:
    """Between ‘ and ’, with a thin space where two kinds of quote would touch."""
    inner = inner_quotes(text)
    return f"‘{NARROW if inner[:1] == '“' else ''}{inner}{NARROW if inner[-1:] == '”' else ''}’"


def euros(cents: int, locale: str) -> str:
    """With cents only where there are any."""
    whole = cents % 100 == 0
    return "€\u00a0" + format_decimal(cents / 100, "#,##0" if whole else "#,##0.00", locale=locale)


def filters(language: str) -> dict[str, Callable[..., Any]]:
    locale = "nl_NL" if language == "nl" else "en_GB"

    def in_pattern(pattern: str) -> Callable[[datetime | date], str]:
        return lambda moment: format_date(local_day(moment), pattern, locale).replace(".", "")

    return {
        "day": in_pattern("EEEE d MMMM y"),
        "long_day": in_pattern("EEEE d MMMM"),
        "short_day": in_pattern("EEE d MMM"),
        "small_day": in_pattern("d MMM"),
        "table_day": in_pattern("dd-MM-y"),
        "iso_day": lambda moment: local_day(moment).isoformat(),
        "minutes_left": lambda moment: max(1, -((now() - moment) // timedelta(minutes=1))),
        "clock_time": lambda moment: local(moment).strftime("%H.%M"),
        "in_words": lambda words: in_language(words, language),
        "initials": initials,
        "inner_quotes": inner_quotes,
        "quoted": quoted,
        "euros": lambda cents: euros(cents, locale),
        "number": lambda value: format_decimal(value, locale=locale),
    }
