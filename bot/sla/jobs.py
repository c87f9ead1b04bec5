"""The ticker's jobs about promised times."""

from collections.abc import Callable

from bot.sla.morning import DueToday
from bot.sla.ticking import SlaDesk
from bot.ticker import Job, ringing

_EVERY_SECOND = 1.0


def sla_jobs(sla: SlaDesk, today: DueToday, ring: Callable[[], None]) -> tuple[Job, ...]:
    """The sweep of what is late, and the morning's list; `ring` when something goes out."""
    return (
        Job("sla", _EVERY_SECOND, ringing(sla.run, ring)),
        Job("today", _EVERY_SECOND, ringing(today.run, ring)),
    )
