"""All trackers as one: the first that knows the carrier, politely, with memory and a stand-in."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from weakref import WeakValueDictionary

from desk.kernel.clock import Clock
from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.shops.answers import Why
from desk.shops.cache import ShopCache
from desk.shops.carriers import Carrier
from desk.shops.parcel_memory import POLITE, End, ParcelMemory, Tracked
from desk.shops.tracking import ParcelPush, ParcelTracker, Subscription, TrackedParcel


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The tracker that was asked to watch a parcel, and its answer."""

    tracker: str
    answer: Subscription


@dataclass(frozen=True, slots=True)
class TrackerHealth:
    """How a tracker did when this process asked it last; `why` None: well, or never asked."""

    id: str
    name: str
    last_success: datetime | None = None
    why: Why | None = None


class Trackers:
    """Asks for parcels; never one tracker for one number twice within half an hour.

    `memory` is shared between processes. `push_urls`: where each tracker may push to, by its id;
    at one without an address nothing is subscribed. Whoever asks has made sure that the parcel is
    the customer's own: memory asks for no phone.
    """

    def __init__(
        self,
        trackers: Sequence[ParcelTracker],
        memory: ShopCache,
        clock: Clock,
        push_urls: Mapping[str, str] | None = None,
    ) -> None:
        self._trackers = tuple(trackers)
        self._memory = ParcelMemory(memory, clock)
        self._clock = clock
        self._push_urls = push_urls or {}
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._health = {each.id: TrackerHealth(each.id, each.name) for each in self._trackers}

    @property
    def all(self) -> tuple[ParcelTracker, ...]:
        """The trackers in the order in which they are asked."""
        return self._trackers

    @property
    def push(self) -> bool:
        """Tell whether any tracker can push here."""
        return any(self._push_urls.get(each.id) for each in self._trackers)

    async def known(self, number: str) -> Tracked:
        """Tell what is known of a parcel already; nobody is asked. Never raises."""
        return await self._memory.recall(number)

    async def track(self, parcel: TrackedParcel) -> Tracked:
        """Tell where a parcel is, from memory where asking again would be rude. Never raises."""
        lock = self._asking.setdefault(parcel.number, asyncio.Lock())
        async with lock:
            known = await self._memory.recall(parcel.number)
            if known.as_of is not None and known.age(self._clock.now()) < POLITE:
                return known
            return await self._ask_in_turn(parcel, known)

    async def subscribe(self, parcel: TrackedParcel) -> Subscribed | None:
        """Have a parcel watched by the first tracker that can; None where none can now.

        A refusal is handed back and nobody else is asked. Never raises.
        """
        for tracker in self._trackers:
            url = self._push_urls.get(tracker.id)
            if not url:
                continue
            try:
                company = await self._company(tracker, parcel)
                if company is None or not tracker.knows(company):
                    continue
                answer = await tracker.subscribe(replace(parcel, company=company), url)
            except DeskError as error:
                self._failed(tracker, error)
                continue
            self._succeeded(tracker)
            return Subscribed(tracker.id, answer)
        return None

    async def learn(self, push: ParcelPush) -> None:
        """Remember what a tracker told unasked, unless something later is known already."""
        if push.parcel is not None and await self._memory.is_news(push.number, push.parcel):
            await self._memory.remember(push.number, push.parcel, push.tracker)

    def health(self) -> tuple[TrackerHealth, ...]:
        """How each tracker does, in the order in which they are asked."""
        return tuple(self._health[each.id] for each in self._trackers)

    async def _ask_in_turn(self, parcel: TrackedParcel, known: Tracked) -> Tracked:
        why: Why | None = None
        for tracker in self._trackers:
            end = await self._memory.asked_lately(tracker.id, parcel.number)
            if end is None:
                end = await self._ask(tracker, parcel)
            if end is End.ANSWERED:
                return replace(await self._memory.recall(parcel.number), why=None)
            if end is End.REFUSED:
                return replace(known, why=Why.REFUSED)
            if end is End.FAILED:
                why = why or self._health[tracker.id].why or Why.UNAVAILABLE
        return replace(known, why=why)

    async def _ask(self, tracker: ParcelTracker, parcel: TrackedParcel) -> End:
        try:
            company = await self._company(tracker, parcel)
            if company is None or not tracker.knows(company):
                return End.STRANGER
            asked = replace(parcel, company=company)
            if asked.lacks_phone:
                return End.REFUSED
            end = await self._track(tracker, asked)
        except (Unavailable, AuthExpired) as error:
            self._failed(tracker, error)
            return End.FAILED
        self._succeeded(tracker)
        return end

    async def _track(self, tracker: ParcelTracker, asked: TrackedParcel) -> End:
        await self._memory.mark_asked(tracker.id, asked.number, End.FAILED)
        try:
            found = await tracker.track(asked)
        except Refused:
            await self._memory.mark_asked(tracker.id, asked.number, End.REFUSED)
            return End.REFUSED
        await self._memory.mark_asked(tracker.id, asked.number, End.ANSWERED)
        if found is not None:
            await self._memory.remember(asked.number, found, tracker.id)
        return End.ANSWERED

    async def _company(self, tracker: ParcelTracker, parcel: TrackedParcel) -> Carrier | None:
        company = parcel.company or await self._memory.company(parcel.number)
        if company is not None:
            return company
        try:
            found = await tracker.company_of(parcel.number)
        except Refused:
            return None
        if found is not None:
            await self._memory.remember_company(parcel.number, found)
        return found

    def _succeeded(self, tracker: ParcelTracker) -> None:
        self._health[tracker.id] = TrackerHealth(tracker.id, tracker.name, self._clock.now())

    def _failed(self, tracker: ParcelTracker, error: DeskError) -> None:
        self._health[tracker.id] = replace(self._health[tracker.id], why=Why.of(error))
