"""A sent order's parcels become known and watched once, and are looked for where nobody pushes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from typing_extensions import override

from bot.parcels.follower import ParcelFollower
from bot.parcels.pushed import keep_and_take_in
from bot.sync.booking import Booking
from desk.handbook import plain_handbook
from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from desk.parcels.model import FollowedParcel
from desk.shops.cache import MemoryCache
from desk.shops.carriers import Carrier
from desk.shops.floor import ShopFloor
from desk.shops.port import Order, OrderStatus, Parcel, ParcelStatus, Scan
from desk.shops.trackers import Trackers
from desk.shops.tracking import (
    ParcelPush,
    Subscription,
    SubscriptionResult,
    TrackedParcel,
    Watch,
    push_as_event,
)
from desk.store.database import Database
from desk.sync.model import Source
from tests.clocks import NOON, FrozenClock
from tests.desk.shops.test_trackers import ScriptedTracker
from tests.fakes.shops import MemoryShop
from tests.fakes.staff import FakeStaff

HALF_AN_HOUR = timedelta(minutes=31)
BARE = Parcel("圆通速递", "YT1", ParcelStatus.UNKNOWN, ())
MOVING = Parcel("圆通速递", "YT1", ParcelStatus.IN_TRANSIT, (Scan(NOON, "【杭州市】已揽收"),))


class NamingShop(MemoryShop):
    """A shop that names parcels, and counts who asks."""

    def __init__(self) -> None:
        super().__init__("jd", "京东旗舰店")
        self.named: tuple[Parcel, ...] = (BARE,)
        self.asked = 0
        self.away = False

    @override
    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        self.asked += 1
        if self.away:
            raise Unavailable("jd.away", "京东旗舰店暂时没有回应")
        return self.named


class WatchingTracker(ScriptedTracker):
    """A tracker that answers a subscription as the test says."""

    result = SubscriptionResult.OK

    @override
    async def subscribe(self, parcel: TrackedParcel, callback_url: str) -> Subscription:
        await super().subscribe(parcel, callback_url)
        return Subscription(self.result)


@dataclass
class Room:
    """A shop, a tracker, and those who follow."""

    library: Database
    clock: FrozenClock
    shop: NamingShop = field(default_factory=NamingShop)
    tracker: WatchingTracker = field(default_factory=lambda: WatchingTracker("kuaidi100", None))
    urls: Mapping[str, str] = field(default_factory=lambda: {"kuaidi100": "https://bot/push"})

    def __post_init__(self) -> None:
        self.cache = MemoryCache(self.clock)
        self.order = Order(
            "jd", "77", OrderStatus.SHIPPED, None, "6688", NOON, NOON, NOON, Fen(1), ()
        )

    def follower(self) -> ParcelFollower:
        """A follower as each process has its own; the trackers' memory is shared."""
        floor = ShopFloor((self.shop,), self.clock, self.cache)
        trackers = Trackers((self.tracker,), self.cache, self.clock, self.urls)
        return ParcelFollower(self.library, floor, trackers, self.clock)

    async def booked(self, order: Order | None = None) -> None:
        booking = Booking(self.library, plain_handbook(FakeStaff()), self.clock)
        await booking.order(order or self.order, Source.PUSH)

    async def later(self, by: timedelta = HALF_AN_HOUR) -> None:
        self.clock.turn(by)
        await self.follower().run()

    async def pushed(self, parcel: Parcel | None, watch: Watch = Watch.GOES_ON) -> None:
        name = f"{self.clock.now()}{watch}"
        push = ParcelPush("kuaidi100", name, "YT1", Carrier.YUANTONG, parcel, watch)
        keep = keep_and_take_in(self.library, self.clock)
        await asyncio.gather(keep((push_as_event(push),)), keep((push_as_event(push),)))

    async def parcels(self) -> tuple[FollowedParcel, ...]:
        async with self.library.open() as books:
            return await books.parcels.of_order("jd", "77")


@pytest.fixture
def room(library: Database, clock: FrozenClock) -> Room:
    return Room(library, clock)


async def test_a_shipped_order_is_asked_for_once_and_its_parcel_is_watched_once(
    room: Room,
) -> None:
    await room.booked()
    await room.booked()
    await asyncio.gather(*(room.follower().run() for _ in range(3)))
    await room.follower().run()
    assert room.shop.asked == 1
    assert room.tracker.subscribed == [("YT1", "https://bot/push")]
    (parcel,) = await room.parcels()
    assert (parcel.tracker, parcel.subscribed_at, parcel.subscribe_at) == ("kuaidi100", NOON, None)


async def test_an_order_that_is_not_sent_is_nothing_to_follow(room: Room) -> None:
    await room.booked(replace(room.order, status=OrderStatus.PAID))
    await room.follower().run()
    assert room.shop.asked == 0


async def test_a_shop_that_is_away_is_asked_again(room: Room) -> None:
    room.shop.away = True
    await room.booked()
    await room.follower().run()
    assert await room.parcels() == ()
    room.shop.away = False
    await room.later()
    assert len(await room.parcels()) == 1


async def test_a_second_parcel_of_an_order_is_followed_too(room: Room) -> None:
    await room.booked(replace(room.order, status=OrderStatus.PART_SHIPPED))
    await room.follower().run()
    room.shop.named = (BARE, replace(BARE, tracking_no="YT2"))
    await room.booked(replace(room.order, updated_at=NOON + timedelta(minutes=1)))
    await room.later()
    assert [each.number for each in await room.parcels()] == ["YT1", "YT2"]
    assert [number for number, _ in room.tracker.subscribed] == ["YT1", "YT2"]


async def test_a_tracker_that_does_not_answer_is_asked_half_an_hour_later(room: Room) -> None:
    room.tracker.answer = Unavailable("tracker.away", "查询服务暂时没有回应")
    await room.booked()
    await room.follower().run()
    room.tracker.answer = None
    await room.later(timedelta(minutes=10))
    assert room.tracker.subscribed == []
    await room.later()
    assert len(room.tracker.subscribed) == 1


async def test_what_a_tracker_refuses_to_watch_is_looked_for(room: Room) -> None:
    room.tracker.result = SubscriptionResult.REFUSED
    await room.booked()
    await room.follower().run()
    room.tracker.answer = MOVING
    await room.later()
    (parcel,) = await room.parcels()
    assert parcel.parcel.scans == MOVING.scans
    assert room.tracker.asked == [TrackedParcel(Carrier.YUANTONG, "YT1", "6688")]
    assert len(room.tracker.subscribed) == 1


async def test_without_a_phone_nobody_is_asked_to_watch_what_wants_one(room: Room) -> None:
    room.shop.named = (replace(BARE, carrier="顺丰速运", tracking_no="SF1"),)
    await room.booked(replace(room.order, phone_tail=None))
    await room.follower().run()
    await room.later()
    assert room.tracker.subscribed == []


async def test_a_push_is_taken_in_once_and_the_end_of_the_way_ends_the_following(
    room: Room,
) -> None:
    await room.booked()
    await room.follower().run()
    await room.pushed(MOVING)
    (parcel,) = await room.parcels()
    assert parcel.parcel.scans == MOVING.scans
    there = replace(MOVING, status=ParcelStatus.DELIVERED)
    await room.pushed(there, Watch.DONE)
    (parcel,) = await room.parcels()
    assert parcel.delivered_at == NOON
    await room.later(timedelta(days=3))
    assert room.tracker.asked == []


async def test_a_tracker_that_gave_up_is_asked_once_more_after_half_an_hour(room: Room) -> None:
    await room.booked()
    await room.follower().run()
    await room.pushed(None, Watch.GIVEN_UP)
    await room.later(timedelta(minutes=20))
    assert len(room.tracker.subscribed) == 1
    await room.later()
    assert len(room.tracker.subscribed) == 2
    await room.pushed(None, Watch.GIVEN_UP)
    await room.later(timedelta(days=1))
    assert len(room.tracker.subscribed) == 2


async def test_where_no_tracker_can_push_the_way_is_looked_for(room: Room) -> None:
    room.urls = {}
    room.tracker.answer = MOVING
    await room.booked()
    await room.follower().run()
    await room.later()
    assert room.tracker.subscribed == []
    assert len(room.tracker.asked) == 1
    await room.later(timedelta(hours=1))
    assert len(room.tracker.asked) == 1
    await room.later(timedelta(hours=3))
    assert len(room.tracker.asked) == 2


async def test_a_parcel_without_scans_is_judged_only_when_a_tracker_has_seen_nothing_either(
    room: Room,
) -> None:
    room.tracker.answer = Unavailable("tracker.away", "查询服务暂时没有回应")
    await room.booked()
    await room.follower().run()
    await room.later()
    (parcel,) = await room.parcels()
    assert parcel.check_at is None
    room.tracker.answer = None
    await room.later(timedelta(hours=4))
    (parcel,) = await room.parcels()
    assert parcel.check_at == room.clock.now()


async def test_what_a_shop_tells_is_not_judged_before_trackers_had_time_to_tell(
    room: Room,
) -> None:
    room.shop.named = (MOVING,)
    await room.booked()
    await room.follower().run()
    (parcel,) = await room.parcels()
    assert parcel.check_at is not None
    assert parcel.check_at > room.clock.now() + HALF_AN_HOUR
