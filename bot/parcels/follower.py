"""Follows parcels: learns of them from their shops, has them watched, and looks by itself."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from desk.books import Library
from desk.kernel.clock import Clock
from desk.kernel.errors import DeskError
from desk.parcels.following import begin, looked_for, seen, subscribed
from desk.parcels.model import FollowedParcel, SentOrder, plain_tracking_no
from desk.parcels.ports import Due
from desk.shops.floor import ShopFloor
from desk.shops.port import Parcel
from desk.shops.trackers import Trackers
from desk.shops.tracking import SubscriptionResult, TrackedParcel
from integrations.rate import patiently

log = structlog.get_logger()
SUBSCRIBED = Counter("zhanggui_parcels_subscribed_total", "Parcels given to trackers", ["end"])

_AGAIN = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 360))
"""Between questions to a shop that does not answer, or does not name its parcels yet."""
_MOST_TRIES = 12
_SUBSCRIBE_AGAIN = timedelta(minutes=31)
"""Nobody is asked to watch a number twice within half an hour (kuaidi100's manual)."""
_LOOK_AGAIN = timedelta(hours=1)
_AT_ONCE = 10


class ParcelFollower:
    """Does what is due about parcels; `run` is what the ticker calls, as often as it likes.

    Everything is claimed before it is done, for longer than it takes: several processes do
    nothing twice, and what one that died had begun is done again later.
    """

    def __init__(
        self, library: Library, floor: ShopFloor, trackers: Trackers, clock: Clock
    ) -> None:
        self._library, self._floor = library, floor
        self._trackers, self._clock = trackers, clock

    async def run(self) -> None:
        """Ask shops, trackers and once more trackers, at most a few of each."""
        with patiently():
            await asyncio.gather(*[self._learn(each) for each in await self._sent_orders()])
            if self._trackers.push:
                due = await self._claim(Due.SUBSCRIBE, _SUBSCRIBE_AGAIN)
                await asyncio.gather(*[self._subscribe(each) for each in due])
            due = await self._claim(Due.LOOK, _LOOK_AGAIN)
            await asyncio.gather(*[self._look(each) for each in due])

    async def _sent_orders(self) -> Sequence[SentOrder]:
        claimed: list[SentOrder] = []
        async with self._library.open() as books:
            while len(claimed) < _AT_ONCE:
                now = self._clock.now()
                order = await books.parcels.claim_order(now, now + _AGAIN[0])
                if order is None:
                    break
                claimed.append(order)
        return claimed

    async def _claim(self, what: Due, again: timedelta) -> Sequence[FollowedParcel]:
        now = self._clock.now()
        async with self._library.open() as books:
            return await books.parcels.claim(what, now, now + again, _AT_ONCE)

    async def _learn(self, order: SentOrder) -> None:
        """Ask the shop for the parcels of an order; those that are new are followed."""
        found = await self._of_shop(order.shop, order.number)
        now = self._clock.now()
        async with self._library.open() as books:
            known = {each.number: each for each in await books.parcels.of_order(*_names(order))}
            for parcel in found:
                old = known.get(plain_tracking_no(parcel.tracking_no))
                await books.parcels.put(
                    seen(old, parcel, now) if old else begin(order, parcel, now)
                )
            if found or order.tries >= _MOST_TRIES:
                await books.parcels.order_asked(order)
            else:
                wait = _AGAIN[min(order.tries, len(_AGAIN)) - 1]
                await books.parcels.ask_again(order, now + wait)

    async def _subscribe(self, parcel: FollowedParcel) -> None:
        asked = await self._asked(parcel)
        if asked.lacks_phone:
            await self._change(parcel, _unwatched)
            return
        answer = await self._trackers.subscribe(asked)
        SUBSCRIBED.labels(answer.answer.result.value if answer else "nobody").inc()
        if answer is None:
            return  # It is due again by the claim.
        if answer.answer.result is SubscriptionResult.REFUSED:
            log.info("parcel.not_watched", tracker=answer.tracker)
            await self._change(parcel, _unwatched)
            return
        tracker = answer.tracker
        await self._change(parcel, lambda known, now: subscribed(known, tracker, now))

    async def _look(self, parcel: FollowedParcel) -> None:
        """Ask the trackers, and the shop where they know nothing."""
        tracked = await self._trackers.track(await self._asked(parcel))
        told, answered = tracked.parcel, tracked.why is None and self._is_known(parcel)
        if told is None or not told.scans:
            found = await self._of_shop(parcel.shop, parcel.order_no)
            numbers = {plain_tracking_no(each.tracking_no): each for each in found}
            told = numbers.get(parcel.number, told)

        def looked(known: FollowedParcel, now: datetime) -> FollowedParcel:
            heard = seen(known, told, now) if told is not None else known
            return looked_for(heard, now, answered=answered)

        await self._change(parcel, looked)

    def _is_known(self, parcel: FollowedParcel) -> bool:
        company = parcel.company
        return company is not None and any(each.knows(company) for each in self._trackers.all)

    async def _asked(self, parcel: FollowedParcel) -> TrackedParcel:
        async with self._library.step() as books:
            booked = await books.orders.booked(parcel.shop, parcel.order_no)
        tail = (booked.order.phone_tail if booked else None) or ""
        return TrackedParcel(parcel.company, parcel.parcel.tracking_no, tail)

    async def _of_shop(self, shop: str, number: str) -> tuple[Parcel, ...]:
        try:
            found = await self._floor.read_parcels(shop, number)
        except DeskError as error:
            log.info("parcel.shop_silent", shop=shop, code=error.code)
            return ()
        except KeyError:
            log.warning("parcel.not_connected", shop=shop)
            return ()
        return tuple(each for each in found if each.tracking_no.strip())

    async def _change(
        self,
        parcel: FollowedParcel,
        change: Callable[[FollowedParcel, datetime], FollowedParcel],
    ) -> None:
        """Change what is there now: a push may have come while a tracker was asked."""
        async with self._library.open() as books:
            known = await books.parcels.one(parcel)
            if known is not None:
                await books.parcels.put(change(known, self._clock.now()))


def _unwatched(known: FollowedParcel, _now: datetime) -> FollowedParcel:
    return replace(known, subscribe_at=None)


def _names(order: SentOrder) -> tuple[str, str]:
    return order.shop, order.number
