"""Platforms write Beijing time without saying so; inside, times are UTC."""

from datetime import UTC, datetime

from desk.kernel.clock import SHANGHAI

_FORM = "%Y-%m-%d %H:%M:%S"


def to_utc(text: str) -> datetime:
    """Read "2026-11-21 20:00:00" (Beijing) as an aware UTC time.

    Raises:
        ValueError: it is written otherwise, or stands for "never" (0001-01-01).
    """
    try:
        return datetime.strptime(text, _FORM).replace(tzinfo=SHANGHAI).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"not a moment: {text!r}") from error


def from_utc(moment: datetime) -> str:
    """Write an aware time the way platforms want it."""
    return moment.astimezone(SHANGHAI).strftime(_FORM)
