"""The ticker's jobs about promised times."""

from collections.abc import Awaitable, Callable

from bot.sla.morning import DueToday
from bot.sla.ticking import SlaDesk
from bot.ticker import Job

_EVERY_SECOND = 1.0


def sla_jobs(sla: SlaDesk, today: DueToday, ring: Callable[[], None]) -> tuple[Job, ...]:
    """The sweep of what is late, and the morning's list; `ring` when something goes out."""

    async def sweep() -> None:
        await _ringing(sla.run, ring)

    async def list_the_day() -> None:
        await _ringing(today.run, ring)

    return (Job("sla", _EVERY_SECOND, sweep), Job("today", _EVERY_SECOND, list_the_day))


async def _ringing(run: Callable[[], Awaitable[int]], ring: Callable[[], None]) -> None:
    if await run():
        ring()
