"""Platforms write Beijing time without saying so; inside, times are UTC."""

from datetime import UTC, datetime

from desk.kernel.clock import SHANGHAI

_FORM = "%Y-%m-%d %H:%M:%S"


def to_utc(text: str) -> datetime:
    """Read "2026-11-21 20:00:00" (Beijing) as an aware UTC time.

    Raises:
        ValueError: it is written otherwise.
    """
    return datetime.strptime(text, _FORM).replace(tzinfo=SHANGHAI).astimezone(UTC)


def from_utc(moment: datetime) -> str:
    """Write an aware time the way platforms want it."""
    return moment.astimezone(SHANGHAI).strftime(_FORM)
