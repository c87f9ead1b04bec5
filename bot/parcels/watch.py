"""Finds parcels that are stuck, has somebody see to them, and tells the customer first."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from bot.parcels.acting import Acting
from bot.parcels.usual import UsualWays
from desk.books import Books, Library
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock
from desk.parcels.judging import awake_at, next_check
from desk.parcels.model import FollowedParcel
from desk.parcels.ports import Due
from desk.shops.stuck import Patience, stuck
from desk.sla.service import PromisedTimes

log = structlog.get_logger()
STUCK = Counter("zhanggui_parcels_stuck_total", "Parcels found to be stuck", ["why", "told"])

_AT_ONCE = 100
_CLAIMED_FOR = timedelta(minutes=10)
_TOO_OLD = timedelta(days=15)
"""A silence that is found so late was there before the house was: it is left alone."""


class ParcelWatch:
    """Judges the parcels that may be stuck by now; `run` is what the ticker calls.

    Each silence is acted on once: it is written down in the transaction that opens the ticket and
    puts the message out. By night nobody is told, and nothing is judged.
    """

    def __init__(
        self,
        library: Library,
        handbook: Handbook,
        clock: Clock,
        patience: Patience | None = None,
    ) -> None:
        self._library, self._handbook, self._terms = library, handbook, handbook.terms
        self._clock, self._patience = clock, patience or Patience()
        self._ways = UsualWays(tuple(self._patience.seasons))

    async def run(self) -> bool:
        """Judge what is due, at most a hundred parcels; True if something goes out."""
        now = self._clock.now()
        if awake_at(now) != now:
            return False
        async with self._library.open() as books:
            claimed = await books.parcels.claim(Due.CHECK, now, now + _CLAIMED_FOR, _AT_ONCE)
            if claimed:
                await self._ways.refresh(books, now)
        out = False
        for parcel in claimed:
            async with self._library.open() as books:
                out |= await self._judge(books, parcel, now)
        return out

    async def _judge(self, books: Books, claimed: FollowedParcel, now: datetime) -> bool:
        parcel = await books.parcels.one(claimed)
        if parcel is None:
            return False
        work = Work(books, self._handbook, self._clock)
        acting = Acting(books, work, PromisedTimes(books.deadlines, self._terms, now), now)
        if parcel.silence is not None:
            return await acting.again(parcel, parcel.silence)
        usual = self._ways.usual(parcel)
        found = stuck(parcel.parcel, usual, now, parcel.shipped_at, self._patience)
        if found is None or parcel.delivered_at is not None:
            due = next_check(parcel, usual, now, self._patience)
            await books.parcels.put(replace(parcel, check_at=due))
            return False
        if found.silent > _TOO_OLD or now >= parcel.followed_until:
            await books.parcels.put(replace(parcel, check_at=None))
            return False
        told = await acting.found(parcel, found)
        STUCK.labels(found.why.value, "yes" if told else "no").inc()
        log.info("parcel.stuck", shop=parcel.shop, why=found.why.value, told=told)
        return True
