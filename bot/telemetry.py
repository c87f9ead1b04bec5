"""Logs as JSON lines without personal data or secrets."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

_NEVER = frozenset(
    (
        "text", "content", "phone", "address", "receiver", "nickname", "external_userid",
        "access_token", "token", "secret", "corpsecret", "password",
    )
)  # fmt: skip
_LOOKS_PRIVATE = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|(access_token|corpsecret|key)=[^&\s\"']+"
)


def _without_private(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blank fields that hold what customers say or are, and numbers that look like theirs."""
    for name, value in event.items():
        if name in _NEVER:
            event[name] = "***"
        elif isinstance(value, str):
            event[name] = _LOOKS_PRIVATE.sub("***", value)
    return event


def configure_logging(level: str) -> None:
    """Write one JSON line per event to standard error, from `level` on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _without_private,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("aiohttp.access").disabled = True
