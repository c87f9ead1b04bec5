"""The sync's loops and jobs, made of what the house has."""

from datetime import timedelta

from bot.pump import Pump
from bot.rules.order_tags import OrderTags
from bot.sync.booking import Booking
from bot.sync.puller import PullPlan, ShopPuller
from bot.sync.pushes import PushWorker
from bot.sync.reconcile import Reconciler
from bot.wiring import House
from desk.shops.events import ShopEvent
from desk.shops.powers import Keep
from desk.sync.model import PushedSubject

_PUSHES_AT_ONCE = 8


def keep_pushes(house: House) -> Keep:
    """Where pushes go: kept, and the workers woken for what is new."""

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        if await house.database.keep_pushes(events, house.clock.now()):
            house.wakes.ring("pushes")

    return keep


def push_worker(house: House) -> Pump[PushedSubject]:
    """The loop that works pushes; what any process has read anew, this one asks for anew."""
    floor = house.desk.shops
    house.wakes.on_forget(lambda shop, keys: floor.forget(shop, *keys))
    worker = PushWorker(house.database, floor, _booking(house), house.wakes, house.clock)
    return worker.pump(_PUSHES_AT_ONCE)


def shop_puller(house: House) -> ShopPuller:
    """The safety net under the pushes."""
    plan = PullPlan(every=timedelta(seconds=house.settings.shop_pull_interval))
    return ShopPuller(house.database, house.desk.shops, _booking(house), house.clock, plan)


def reconciler(house: House) -> Reconciler:
    """The nightly comparison."""
    return Reconciler(house.database, house.desk.shops, _booking(house), house.clock)


_KEPT_FOR = timedelta(days=30)
"""Pushes that were worked: long enough to look into what went wrong."""


async def prune(house: House) -> None:
    """Delete pushes that nobody needs any more."""
    before = house.clock.now() - _KEPT_FOR
    gone = True
    while gone:
        async with house.database.step() as books:
            gone = bool(await books.pushes.prune(before))


def _booking(house: House) -> Booking:
    platforms = {entry.id: entry.platform for entry in house.shop_entries}
    tags = OrderTags(house.merchant.tag_rules, platforms)
    return Booking(house.database, house.handbook, house.clock, tags)
