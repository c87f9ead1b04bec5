"""The worker: turns of the inbox and deliveries of the outbox, as many side by side as set."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog
from prometheus_client import Counter, Histogram

from bot.pump import Pump
from bot.turn.commit import Committer, StaleLease, Turned
from bot.turn.decide import Decider, Decision
from bot.turn.fallback import broken
from bot.wakes import Wakes
from desk.books import Library
from desk.conversations.model import InboxRow, Lease
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
        last = lease.rows[-1:]
        for row in lease.rows:
            if self._clock.now() > lease.until - LEASE_FOR / 2:
                break
            turned = await self._turn_safely(lease, row, last=row in last)
            if turned is None:
                break
            if turned.released:
                return turned.more
            lease = replace(lease, conversation=turned.conversation)
        async with self._library.open() as books:
            return await books.inbox.release(lease)

    async def _turn_safely(self, lease: Lease, row: InboxRow, *, last: bool) -> Turned | None:
        """Work one message; None when the rest of the lease has to wait."""
        try:
            return await self._turn(lease, row, last=last)
        except StaleLease:
            log.warning("turn.lease_lost")
        except Exception as error:
            log.exception("turn.failed", attempts=row.attempts)
            await self._failed(lease, row, error)
        return None

    async def _turn(self, lease: Lease, row: InboxRow, *, last: bool) -> Turned:
        with TURN_SECONDS.time():
            decision = await self._decider.decide(lease.conversation, row)
            turned = await self._committer.commit(lease, row, decision, last=last)
        self._wakes.ring("outbox")
        TURNS.labels(decision.meant.intent, decision.meant.source).inc()
        return turned

    async def _failed(self, lease: Lease, row: InboxRow, error: Exception) -> None:
        code = error.code if isinstance(error, DeskError) else type(error).__name__
        if row.attempts < len(RETRY_AFTER):
            again = self._clock.now() + RETRY_AFTER[row.attempts]
            await self._committer.give_up(row, code, again)
            return
        try:
            await self._committer.commit(lease, row, _apology(lease), dead=code)
        except Exception:
            log.exception("turn.apology_failed")
            await self._committer.give_up(row, code, None)
        self._wakes.ring("outbox")


def _apology(lease: Lease) -> Decision:
    """The customer hears that a person will follow, whatever broke."""
    return Decision(broken(lease.conversation), Understanding("broken", 1.0, "none"))
