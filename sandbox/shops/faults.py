"""What a test or the page can make go wrong in a fake shop, and the count of calls."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

DEFAULT_RATE = 100


@dataclass(slots=True)
class PlannedFailure:
    """Answer `method` ("*" for any) with `error` as many `times`."""

    method: str
    times: int
    error: object


class Faults:
    """The mood of one gateway; `rate` is calls per second, 0 for no limit."""

    def __init__(self) -> None:
        self.slow_ms = 0
        self.down = False
        self.broken_bodies = 0
        self.rate = DEFAULT_RATE
        self.planned: list[PlannedFailure] = []
        self.calls: Counter[str] = Counter()
        self._recent: deque[datetime] = deque()

    def too_fast(self, now: datetime) -> bool:
        """Count one call; true when the last second already had `rate` of them."""
        self._recent = deque(
            each for each in self._recent if now - timedelta(seconds=1) < each <= now
        )
        if self.rate and len(self._recent) >= self.rate:
            return True
        self._recent.append(now)
        return False

    def next_failure(self, method: str) -> object | None:
        """The planned error for this call, used up by asking."""
        for failure in self.planned:
            if failure.method in (method, "*"):
                failure.times -= 1
                if failure.times <= 0:
                    self.planned.remove(failure)
                return failure.error
        return None

    def as_json(self) -> dict[str, object]:
        """The mood, for GET _control."""
        planned = [{"method": f.method, "times": f.times, "error": f.error} for f in self.planned]
        return {
            "slow_ms": self.slow_ms,
            "down": self.down,
            "broken_bodies": self.broken_bodies,
            "rate_limit": self.rate,
            "fail": planned,
            "calls": dict(self.calls),
        }

    async def suffer(self, request: web.Request) -> bool:
        """Be slow; when down, drop the connection and return true: there is nobody to answer."""
        if self.slow_ms:
            await asyncio.sleep(self.slow_ms / 1000)
        if self.down and request.transport is not None:
            request.transport.abort()
        return self.down

    async def send(self, request: web.Request, text: str) -> web.StreamResponse:
        """Answer with JSON `text`, or with half of it when a broken body was asked for."""
        body = text.encode()
        if not self.broken_bodies:
            return web.Response(body=body, content_type="application/json", charset="utf-8")
        self.broken_bodies -= 1
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
        return response
