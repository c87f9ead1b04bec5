"""The worker: turns of the inbox, as many side by side as set."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter, Histogram

from bot.pump import Pump
from bot.turn.bursts import Burst, bursts, wait_until
from bot.turn.commit import Committer, StaleLease, Turned
from bot.turn.decide import Decider
from bot.turn.decision import Decision
from bot.turn.fallback import broken
from bot.wakes import Wakes
from desk.books import Library
from desk.conversations.model import Lease
from desk.kernel.clock import Clock
from desk.kernel.errors import DeskError
from desk.turns import Understanding

log = structlog.get_logger()
TURNS = Counter("zhanggui_turns_total", "Turns by what they were about", ["intent", "source"])
TURN_SECONDS = Histogram("zhanggui_turn_seconds", "Deciding and committing a turn")

LEASE_FOR = timedelta(seconds=15)
RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5))
"""A turn that fails is tried three times; then a person gets it."""


class TurnWorker:
    """Works the inbox: leases a conversation, decides and commits its messages in order."""

    def __init__(
        self,
        library: Library,
        decider: Decider,
        committer: Committer,
        wakes: Wakes,
        clock: Clock,
    ) -> None:
        self._library, self._decider, self._committer = library, decider, committer
        self._wakes, self._clock = wakes, clock

    def pump(self, room: int) -> Pump[Lease]:
        """The loop that runs this worker, at most `room` conversations side by side."""
        return Pump("turns", self.fetch, self.work, self._wakes.turns, room, poll=0.5)

    async def fetch(self, room: int) -> Sequence[Lease]:
        """Lease up to `room` conversations that have something to work."""
        leases: list[Lease] = []
        while len(leases) < room:
            now = self._clock.now()
            async with self._library.step() as books:
                lease = await books.inbox.lease(now, now + LEASE_FOR, secrets.token_hex(8))
            if lease is None:
                break
            leases.append(lease)
        return leases

    async def work(self, lease: Lease) -> bool:
        """Work all messages of a lease in order; the first that fails stops it."""
        waiting = list(bursts(lease.rows))
        for burst in waiting:
            if self._clock.now() > lease.until - LEASE_FOR / 2:
                break
            turned = await self._turn_safely(lease, burst, last=burst is waiting[-1])
            if turned is None:
                break
            if turned.released:
                return turned.more
            lease = replace(lease, conversation=turned.conversation)
        async with self._library.open() as books:
            return await books.inbox.release(lease)

    async def _turn_safely(self, lease: Lease, burst: Burst, *, last: bool) -> Turned | None:
        """Work one burst; None when the rest of the lease has to wait."""
        try:
            return await self._turn(lease, burst, last=last)
        except StaleLease:
            log.warning("turn.lease_lost")
        except Exception as error:
            log.exception("turn.failed", attempts=burst[0].attempts)
            await self._failed(lease, burst, error)
        return None

    async def _turn(self, lease: Lease, burst: Burst, *, last: bool) -> Turned:
        with TURN_SECONDS.time():
            decision = await self._decider.decide(lease.conversation, burst)
            until = wait_until(burst, decision.meant, self._clock.now()) if last else None
            if until is not None:
                return await self._put_off(lease, burst, until)
            turned = await self._committer.commit(lease, burst, decision, last=last)
        self._wakes.ring("outbox")
        TURNS.labels(decision.meant.intent, decision.meant.source).inc()
        return turned

    async def _put_off(self, lease: Lease, burst: Burst, until: datetime) -> Turned:
        """Nothing is said yet: the rest may be on its way, and is read together with this."""
        await self._committer.put_off(lease, burst, until)
        seconds = (until - self._clock.now()).total_seconds()
        asyncio.get_running_loop().call_later(max(0.0, seconds), self._wakes.turns.ring)
        return Turned(lease.conversation, released=True)

    async def _failed(self, lease: Lease, burst: Burst, error: Exception) -> None:
        code = error.code if isinstance(error, DeskError) else type(error).__name__
        attempts = burst[0].attempts
        if attempts < len(RETRY_AFTER):
            again = self._clock.now() + RETRY_AFTER[attempts]
            await self._committer.give_up(burst, code, again)
            return
        try:
            await self._committer.commit(lease, burst, _apology(lease), dead=code)
        except Exception:
            log.exception("turn.apology_failed")
            await self._committer.give_up(burst, code, None)
        self._wakes.ring("outbox")


def _apology(lease: Lease) -> Decision:
    """The customer hears that a person will follow, whatever broke."""
    return Decision(broken(lease.conversation), Understanding("broken", 1.0, "none"))
