"""Works pushes: reads again what they speak of, books it, and lets everybody see it at once."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from prometheus_client import Counter, Histogram

from bot.pump import Pump
from bot.sync.booking import Booking
from bot.wakes import Wakes
from desk.books import Library
from desk.kernel.clock import Clock
from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.events import Subject
from desk.shops.floor import ShopFloor
from desk.shops.port import ItemId
from desk.sync.model import PushedSubject, Source
from integrations.rate import patiently

log = structlog.get_logger()
LAG = Histogram(
    "zhanggui_shop_push_lag_seconds",
    "From a push's arrival until what it spoke of is in the book and in answers",
    ["shop"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300),
)
DEAD = Counter("zhanggui_shop_pushes_dead_total", "Pushes that could not be worked", ["shop"])

LEASE_FOR = timedelta(seconds=30)
WAITS = tuple(timedelta(seconds=each) for each in (1, 5, 30, 120, 300, 900))
"""Between tries while a shop does not answer; the last one again and again for a day."""
MOST_TRIES = 100
NOT_YET = tuple(timedelta(seconds=each) for each in (2, 15, 60))
"""A push may be faster than the shop's own index: so often a missing order is asked for again."""


class PushWorker:
    """Works what was pushed; the pull finds whatever this gives up."""

    def __init__(
        self, library: Library, floor: ShopFloor, booking: Booking, wakes: Wakes, clock: Clock
    ) -> None:
        self._library, self._floor, self._booking = library, floor, booking
        self._wakes, self._clock = wakes, clock

    def pump(self, room: int) -> Pump[PushedSubject]:
        """The loop that runs this worker, at most `room` subjects side by side."""
        return Pump("pushes", self.fetch, self.work, self._wakes.pushes, room, poll=1.0)

    async def fetch(self, room: int) -> Sequence[PushedSubject]:
        """Claim up to `room` subjects."""
        claimed: list[PushedSubject] = []
        while len(claimed) < room:
            now = self._clock.now()
            async with self._library.step() as books:
                subject = await books.pushes.claim(now, now + LEASE_FOR)
            if subject is None:
                break
            claimed.append(subject)
        return claimed

    async def work(self, subject: PushedSubject) -> bool:
        """Read one subject again; False, as a push that came meanwhile has rung for itself."""
        if self._floor.shop(subject.shop) is None:
            await self._bury(subject, "shop not connected")
            return False
        if subject.attempts > MOST_TRIES:
            await self._bury(subject, "tried too often")
            return False
        try:
            with patiently():
                await self._read(subject)
        except Refused as error:
            await self._bury(subject, error.code)
        except (Unavailable, AuthExpired) as error:
            await self._put_off(subject, error.code)
        return False

    async def _read(self, subject: PushedSubject) -> None:
        if subject.about is Subject.STOCK:
            item = ItemId(subject.shop, subject.subject_id)
            asked_at = self._clock.now()
            skus = await self._floor.read_stock(item)
            await self._booking.stock(item, skus, subject.ids, asked_at)
            await self._seen(subject, f"stock:{item.item}")
            return
        order = await self._floor.read_order(subject.shop, subject.subject_id)
        if order is not None:
            await self._booking.order(order, Source.PUSH, subject.ids)
            number = order.number
            await self._seen(subject, f"order:{number}", f"parcels:{number}", "orders:*")
        elif subject.attempts < len(NOT_YET):
            await self._wait(subject, NOT_YET[subject.attempts], "not there yet")
        else:
            await self._booking.nothing(subject.ids)

    async def _seen(self, subject: PushedSubject, *keys: str) -> None:
        await self._wakes.forget(subject.shop, keys)
        lag = (self._clock.now() - subject.first_at).total_seconds()
        LAG.labels(subject.shop).observe(max(0.0, lag))

    async def _put_off(self, subject: PushedSubject, code: str) -> None:
        if subject.attempts >= MOST_TRIES:
            await self._bury(subject, code)
            return
        await self._wait(subject, WAITS[min(subject.attempts, len(WAITS) - 1)], code)

    async def _wait(self, subject: PushedSubject, wait: timedelta, why: str) -> None:
        async with self._library.step() as books:
            await books.pushes.put_off(subject.ids, self._clock.now() + wait, why)

    async def _bury(self, subject: PushedSubject, why: str) -> None:
        DEAD.labels(subject.shop).inc(len(subject.ids))
        log.error("shop.push_dead", shop=subject.shop, about=subject.about.value, why=why)
        async with self._library.step() as books:
            await books.pushes.bury(subject.ids, self._clock.now(), why)
