"""Subscriptions: what was told already, and what is told again when nobody thanked for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from aiohttp import web

RETRY_AFTER = timedelta(minutes=30)
RETRIES = 3
_LOOK_EVERY = 0.3


@dataclass(slots=True)
class Subscription:
    """One number that is watched; `told` counts the scans that were pushed and thanked for."""

    number: str
    company: str
    since: datetime
    callback: str = ""
    salt: str = ""
    told: int = 0
    failed: int = 0
    due: datetime | None = None
    ended_at: datetime | None = None

    def rests(self, now: datetime) -> bool:
        """Whether nothing is to be pushed now: it is over, or a repeat is not due yet."""
        return self.ended_at is not None or (self.due is not None and now < self.due)

    def thanked(self, scans: int, ends_at: datetime | None) -> None:
        """The other side took it."""
        self.told, self.failed, self.due, self.ended_at = scans, 0, None, ends_at

    def ignored(self, now: datetime, scans: int, ends_at: datetime | None) -> None:
        """The other side did not answer as it should: again later, three times at most."""
        self.failed += 1
        self.due = now + RETRY_AFTER
        if self.failed > RETRIES:
            self.thanked(scans, ends_at)


class Pusher(Protocol):
    """Pushes whatever is due now."""

    async def push_due(self) -> None:
        """Look at every subscription once."""
        ...


def looking(pusher: Callable[[], Pusher]) -> Callable[[web.Application], AsyncIterator[None]]:
    """Look every now and then, as scans come by the shops' controls too."""

    async def running(_app: web.Application) -> AsyncIterator[None]:
        looks = asyncio.create_task(_look(lambda: pusher().push_due()))
        yield
        looks.cancel()
        await asyncio.gather(looks, return_exceptions=True)

    return running


async def _look(once: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        await once()
