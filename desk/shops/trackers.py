"""All trackers as one: the first that knows the carrier, politely, with memory and a stand-in."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from weakref import WeakValueDictionary

from desk.kernel.clock import Clock
from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.answers import Why
from desk.shops.cache import Kept, MemoryCache, ShopCache
from desk.shops.carriers import Carrier
from desk.shops.port import Parcel
from desk.shops.stored import Codec
from desk.shops.tracking import ParcelPush, ParcelTracker, TrackedParcel

POLITE = timedelta(minutes=30)
"""Who asks for one number more often than this is locked out (kuaidi100's manual)."""

_REMEMBERED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class _Known:
    parcel: Parcel | None
    tracker: str


_KNOWN = Codec(_Known)


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where a parcel is, as far as is known.

    `as_of` (aware UTC): when that was true, None where nobody has ever told anything. `why`: what
    kept a tracker from a fresh answer, None where it gave one or was asked a moment ago.
    """

    parcel: Parcel | None
    as_of: datetime | None
    tracker: str = ""
    why: Why | None = None

    def age(self, now: datetime) -> timedelta:
        """How old the knowledge is; zero where there is none."""
        return now - self.as_of if self.as_of is not None else timedelta()


class Trackers:
    """Asks for parcels; never one tracker for one number twice within half an hour.

    `memory` is shared between processes, so that all of them together are polite; while its
    server is away, each process is by itself.
    """

    def __init__(self, trackers: Sequence[ParcelTracker], memory: ShopCache, clock: Clock) -> None:
        self._trackers = tuple(trackers)
        self._memories = (memory, MemoryCache(clock))
        self._clock = clock
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def all(self) -> tuple[ParcelTracker, ...]:
        """The trackers in the order in which they are asked."""
        return self._trackers

    async def track(self, parcel: TrackedParcel) -> Tracked:
        """Tell where a parcel is, from memory where asking again would be rude. Never raises."""
        lock = self._asking.setdefault(parcel.number, asyncio.Lock())
        async with lock:
            known = await self._recalled(parcel.number)
            if known.as_of is not None and known.age(self._clock.now()) < POLITE:
                return known
            return await self._ask_in_turn(parcel, known)

    async def learn(self, push: ParcelPush) -> None:
        """Remember what a tracker told unasked, unless something later is known already."""
        if push.parcel is None:
            return
        known = (await self._recalled(push.number)).parcel
        if known is None or _newest(known) <= _newest(push.parcel):
            await self._remember(push.number, Tracked(push.parcel, None, push.tracker))

    def knowing(self, company: Carrier) -> ParcelTracker | None:
        """The tracker to subscribe at."""
        return next((each for each in self._trackers if each.knows(company)), None)

    async def _ask_in_turn(self, parcel: TrackedParcel, known: Tracked) -> Tracked:
        why: Why | None = None
        for tracker in self._trackers:
            said = await self._asked_lately(tracker, parcel.number)
            if said is None:
                said = await self._ask(tracker, parcel)
            if said.tracked is not None:
                return said.tracked
            if said.end is _End.NOTHING_NEW:
                return replace(known, why=None)
            if said.end is _End.REFUSED:
                return replace(known, why=Why.REFUSED)
            why = why or said.why
        return replace(known, why=why)

    async def _ask(self, tracker: ParcelTracker, parcel: TrackedParcel) -> "_Said":
        try:
            company = parcel.company or await tracker.company_of(parcel.number)
            if company is None or not tracker.knows(company):
                return _Said(_End.STRANGER)
            await self._mark(tracker, parcel.number, _End.FAILED)
            found = await tracker.track(replace(parcel, company=company))
        except (Unavailable, AuthExpired) as error:
            return _Said(_End.FAILED, Why.of(error))
        except Refused:
            await self._mark(tracker, parcel.number, _End.REFUSED)
            return _Said(_End.REFUSED)
        await self._mark(tracker, parcel.number, _End.NOTHING_NEW)
        if found is None:
            return _Said(_End.NOTHING_NEW)
        tracked = Tracked(found, self._clock.now(), tracker.id)
        await self._remember(parcel.number, tracked)
        return _Said(_End.NOTHING_NEW, tracked=tracked)

    async def _asked_lately(self, tracker: ParcelTracker, number: str) -> "_Said | None":
        """What came of the last question, where it is too early for the next."""
        asked = await self._get(_asked_key(tracker, number))
        if asked is None or self._clock.now() - asked.stored_at >= POLITE:
            return None
        end = _End(str(asked.value))
        return _Said(end, Why.UNAVAILABLE if end is _End.FAILED else None)

    async def _mark(self, tracker: ParcelTracker, number: str, end: "_End") -> None:
        """FAILED before the question: one that was lost on its way may have been counted."""
        kept = Kept(end.value, self._clock.now())
        await self._put(_asked_key(tracker, number), kept, POLITE)

    async def _remember(self, number: str, tracked: Tracked) -> None:
        kept = Kept(_KNOWN.write(_Known(tracked.parcel, tracked.tracker)), self._clock.now())
        await self._put(_known_key(number), kept, _REMEMBERED)

    async def _recalled(self, number: str) -> Tracked:
        kept = await self._get(_known_key(number))
        if kept is None:
            return Tracked(None, None)
        try:
            known = _KNOWN.read(kept.value)
        except ValueError:
            return Tracked(None, None)
        return Tracked(known.parcel, kept.stored_at, known.tracker)

    async def _get(self, key: str) -> Kept | None:
        """The youngest of both memories: after an outage the shared one is behind."""
        found = [kept for memory in self._memories if (kept := await memory.get(key)) is not None]
        return max(found, key=lambda kept: kept.stored_at, default=None)

    async def _put(self, key: str, kept: Kept, ttl: timedelta) -> None:
        for memory in self._memories:
            await memory.put(key, kept, ttl)


class _End(StrEnum):
    """What came of one question to one tracker."""

    FAILED = "failed"
    REFUSED = "refused"
    NOTHING_NEW = "nothing_new"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class _Said:
    end: _End
    why: Why | None = None
    tracked: Tracked | None = None


def _newest(parcel: Parcel) -> datetime:
    return max((scan.at for scan in parcel.scans), default=datetime.min.replace(tzinfo=UTC))


def _asked_key(tracker: ParcelTracker, number: str) -> str:
    return f"parcel:asked:{tracker.id}:{number}"


def _known_key(number: str) -> str:
    return f"parcel:known:{number}"
