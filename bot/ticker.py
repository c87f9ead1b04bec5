"""The ticker: what happens at its time; one process leads, by a lock of the database."""

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


class Ticker:
    """Runs jobs as long as `leads` says that this process is the leader."""

    def __init__(self, jobs: Sequence[Job], leads: Callable[[], Awaitable[bool]]) -> None:
        self._jobs, self._leads = jobs, leads
        self._scheduler = AsyncIOScheduler()

    def start(self) -> None:
        """Begin to tick."""
        for job in self._jobs:
            self._scheduler.add_job(
                self._tick, "interval", args=[job], seconds=job.every_seconds, id=job.name,
                max_instances=1, coalesce=True,
            )  # fmt: skip
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking; a job under way is not waited for."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _tick(self, job: Job) -> None:
        try:
            if await self._leads():
                await job.run()
        except Exception:
            FAILED_TICKS.labels(job.name).inc()
            log.exception("tick.failed", job=job.name)
