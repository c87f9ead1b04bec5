"""The ticker's jobs about promised times."""

from collections.abc import Callable

from bot.sla.closing import ClosingDesk
from bot.sla.morning import DueToday
from bot.sla.ticking import SlaDesk
from bot.ticker import Job, ringing

_EVERY_SECOND, _EVERY_MINUTE = 1.0, 60.0


def sla_jobs(
    sla: SlaDesk, today: DueToday, closing: ClosingDesk, ring: Callable[[], None]
) -> tuple[Job, ...]:
    """The sweep of what is late, the morning's list, and the closing of what is long solved.

    They `ring` when something goes out.
    """
    return (
        Job("sla", _EVERY_SECOND, ringing(sla.run, ring)),
        Job("today", _EVERY_SECOND, ringing(today.run, ring)),
        Job("closing", _EVERY_MINUTE, ringing(closing.run, ring)),
    )
