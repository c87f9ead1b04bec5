"""A loop that fetches work and does it side by side, woken at once or by the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import structlog
from prometheus_client import Counter

from bot.stopping import stop_if_asked

log = structlog.get_logger()
FAILURES = Counter("zhanggui_pump_failures_total", "Unexpected errors in worker loops", ["pump"])

T = TypeVar("T")


class Wake:
    """A bell that somebody rings when there is work; a lost ring costs one poll interval."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Tell the loop that there is work."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Sleep until the bell rings, or for some seconds at the most."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()


class Pump(Generic[T]):
    """Fetches pieces of work as long as there is room, and does them side by side.

    `fetch(room)` gives at most `room` pieces that are ours until a claim runs out; `do` tells
    whether it is worth looking again because of this piece. An error of one piece is counted and
    logged and leaves the others alone.
    """

    def __init__(
        self,
        name: str,
        fetch: Callable[[int], Awaitable[Sequence[T]]],
        do: Callable[[T], Awaitable[bool]],
        wake: Wake,
        room: int,
        poll: float,
    ) -> None:
        self._name, self._fetch, self._do = name, fetch, do
        self._wake, self._room, self._poll = wake, room, poll
        self._running: set[asyncio.Task[bool]] = set()

    async def run(self) -> None:
        """Work until cancelled; what is under way is then finished first (for 5 seconds)."""
        try:
            while True:
                stop_if_asked()
                room = self._room - len(self._running)
                pieces = await self._fetch_safely(room) if room else ()
                for piece in pieces:
                    self._start(piece)
                if not room or len(pieces) < room:
                    await self._wake.wait(self._poll)
        finally:
            await self._drain()

    def _start(self, piece: T) -> None:
        task = asyncio.create_task(self._do_safely(piece), name=f"{self._name}-piece")
        self._running.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[bool]) -> None:
        was_full = len(self._running) >= self._room
        self._running.discard(task)
        if was_full or task.cancelled() or task.result():
            self._wake.ring()

    async def _fetch_safely(self, room: int) -> Sequence[T]:
        try:
            return await self._fetch(room)
        except Exception:
            FAILURES.labels(self._name).inc()
            log.exception("pump.fetch_failed", pump=self._name)
            await asyncio.sleep(self._poll)
            return ()

    async def _do_safely(self, piece: T) -> bool:
        try:
            return await self._do(piece)
        except Exception:
            FAILURES.labels(self._name).inc()
            log.exception("pump.piece_failed", pump=self._name)
            return True

    async def _drain(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=5)
        for task in self._running:
            task.cancel()
