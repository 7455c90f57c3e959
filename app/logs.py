"""Structured logs: one JSON object a line, with an allow-list of fields and never a customer's words."""

import logging
import sys

import structlog

FIELDS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "method",
        "route",
        "status",
        "ms",
        "code",
        "error",
        "where",
        "trouble",
        "url",
        "lines",
        "notes",
    }
)


def _only_known_fields(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    return {key: value for key, value in event.items() if key in FIELDS}


def _not_repeating_a_request(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Exception in ASGI application")


def configure(level: str) -> None:
    # uvicorn prints a crash in full, and its message may hold what a customer said; our own line has which and where.
    logging.getLogger("uvicorn.error").addFilter(_not_repeating_a_request)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_known_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


log = structlog.get_logger()
