"""Logs as JSON lines without personal data or secrets."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

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
    """Write one JSON line per event to standard error, from `level` on; libraries' from warnings.

    The desk and the libraries log by the standard library; their lines come out the same way.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    begin: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    end: list[Processor] = [
        structlog.processors.format_exc_info,
        _without_private,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[*begin, *end],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    standard = logging.StreamHandler(sys.stderr)
    standard.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*begin, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *end],
        )
    )
    root = logging.getLogger()
    root.addHandler(standard)
    root.setLevel(max(least, logging.WARNING))
    logging.getLogger("desk").setLevel(least)
    logging.getLogger("aiohttp.access").disabled = True
