"""When people are there to take over, in the merchant's own time."""

from datetime import datetime, time

from desk.kernel.clock import SHANGHAI

OPENS = time(9)
CLOSES = time(22)


def somebody_is_there(now: datetime) -> bool:
    """Tell whether the service desk is open at a moment (aware, any zone)."""
    return OPENS <= now.astimezone(SHANGHAI).time() < CLOSES


def opens_next(now: datetime) -> datetime:
    """The next moment at which the service desk opens, after a moment at which it is closed."""
    here = now.astimezone(SHANGHAI)
    today = here.replace(hour=OPENS.hour, minute=OPENS.minute, second=0, microsecond=0)
    return today if here < today else _next_day(today)


def _next_day(at: datetime) -> datetime:
    return datetime.fromordinal(at.toordinal() + 1).replace(hour=at.hour, tzinfo=at.tzinfo)
