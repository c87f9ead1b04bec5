"""Completes what shops tell of parcels by what trackers know: some shops tell no way at all."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from desk.kernel.clock import Clock
from desk.shops.answers import Answer, AnswerState
from desk.shops.carriers import carrier_named
from desk.shops.parcel_memory import Tracked
from desk.shops.port import Order, Parcel
from desk.shops.trackers import Trackers
from desk.shops.tracking import TrackedParcel

_WAIT = timedelta(seconds=1.5)
"""So long a person waits for a tracker; what it tells later is remembered for the next question."""
_NEW = timedelta(minutes=10)
"""What a tracker told so lately needs no word about its age."""


class TrackedWays:
    """The way of parcels as shop and trackers know it together."""

    def __init__(self, trackers: Trackers, clock: Clock) -> None:
        self._trackers, self._clock = trackers, clock
        self._asking: set[asyncio.Task[Tracked]] = set()

    async def completed(
        self, answer: Answer[tuple[Parcel, ...]], order: Order
    ) -> Answer[tuple[Parcel, ...]]:
        """Put a tracker's scans where the shop gave none, or older ones.

        A tracker is asked only for parcels without scans. Where its news are not quite new, the
        answer is STALE, with their age and no `why`: nobody failed.
        """
        told = [await self._completed(each, order) for each in answer.value or ()]
        if not any(as_of for _, as_of in told):
            return answer
        parcels = tuple(parcel for parcel, _ in told)
        since = min(as_of for _, as_of in told if as_of is not None)
        if answer.state is not AnswerState.FRESH or self._clock.now() - since < _NEW:
            return replace(answer, value=parcels)
        return replace(answer, state=AnswerState.STALE, value=parcels, as_of=since)

    async def close(self) -> None:
        """Give up the questions under way."""
        asking = tuple(self._asking)
        for each in asking:
            each.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    async def _completed(self, parcel: Parcel, order: Order) -> tuple[Parcel, datetime | None]:
        if not parcel.tracking_no:
            return parcel, None
        if parcel.scans:
            known = await self._trackers.known(parcel.tracking_no)
        else:
            known = await self._ask(parcel, order)
        found = known.parcel
        if found is None or _newest(found) is None or known.as_of is None:
            return parcel, None
        if not _later(found, parcel):
            return parcel, None
        scans = tuple(sorted(found.scans, key=lambda scan: scan.at, reverse=True))
        return replace(parcel, status=found.status, scans=scans), known.as_of

    async def _ask(self, parcel: Parcel, order: Order) -> Tracked:
        asked = TrackedParcel(
            carrier_named(parcel.carrier), parcel.tracking_no, order.phone_tail or ""
        )
        # Not cancelled when it is late: a tracker must not be asked again for half an hour.
        task = asyncio.create_task(self._trackers.track(asked))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)
        done, _ = await asyncio.wait((task,), timeout=_WAIT.total_seconds())
        return task.result() if done else await self._trackers.known(parcel.tracking_no)


def _later(found: Parcel, parcel: Parcel) -> bool:
    theirs, ours = _newest(found), _newest(parcel)
    return theirs is not None and (ours is None or theirs > ours)


def _newest(parcel: Parcel) -> datetime | None:
    return max((scan.at for scan in parcel.scans), default=None)
