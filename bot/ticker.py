"""The ticker: what happens at its time, claimed in the database so that it happens once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from prometheus_client import Counter

log = structlog.get_logger()
FAILED_TICKS = Counter("zhanggui_ticks_failed_total", "Jobs of the ticker that failed", ["job"])


@dataclass(frozen=True, slots=True)
class Job:
    """Something to look after every so many seconds of real time.

    Whether anything is due, `run` decides by the house's clock, which may be turned.
    """

    name: str
    every_seconds: float
    run: Callable[[], Awaitable[None]]


def ringing(
    run: Callable[[], Awaitable[int]], ring: Callable[[], None]
) -> Callable[[], Awaitable[None]]:
    """Make the run of a job that rings when something came of it (a count, or a yes)."""

    async def run_and_ring() -> None:
        if await run():
            ring()

    return run_and_ring


class Ticker:
    """Runs jobs; one that fails is counted, logged and run again at its next time."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._scheduler = AsyncIOScheduler()

    def start(self) -> None:
        """Begin to tick."""
        for job in self._jobs:
            self._scheduler.add_job(
                _tick,
                "interval",
                args=[job],
                seconds=job.every_seconds,
                id=job.name,
                max_instances=1,
                coalesce=True,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking; a job under way is not waited for."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


async def _tick(job: Job) -> None:
    try:
        await job.run()
    except Exception:
        FAILED_TICKS.labels(job.name).inc()
        log.exception("tick.failed", job=job.name)
