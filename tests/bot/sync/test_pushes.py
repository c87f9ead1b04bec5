"""What a push speaks of is read again, booked, and seen in the next answer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from bot.sync.booking import Booking
from bot.sync.pushes import LEASE_FOR, MOST_TRIES, NOT_YET, PushWorker
from bot.wakes import Wakes
from desk.customers.model import UNIONID, Evidence, Identity, Name
from desk.handbook import plain_handbook
from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.kernel.money import Fen
from desk.shops.events import ShopEvent, Subject
from desk.shops.floor import ShopFloor
from desk.shops.port import ItemId, OrderStatus, SkuStock
from desk.store.database import Database
from desk.sync.model import Source
from tests.bot.sync.shop_desk import BUYER, ListingShop, an_order, floor_of, pushed
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation


@dataclass
class Sync:
    """The worker with what it works on."""

    library: Database
    clock: FrozenClock
    shop: ListingShop
    floor: ShopFloor
    worker: PushWorker

    async def push(self, *events: ShopEvent) -> None:
        """Keep pushes, and work all that is due."""
        await self.library.keep_pushes(events, self.clock.now())
        await self.work()

    async def work(self) -> None:
        """Work all that is due."""
        for subject in await self.worker.fetch(20):
            await self.worker.work(subject)

    async def status(self, number: str) -> OrderStatus | None:
        """What the book says of an order."""
        booked = await self.library.book.booked("jd", number)
        return booked.order.status if booked is not None else None


@pytest.fixture
async def sync(library: Database, redis_url: str, clock: FrozenClock) -> AsyncIterator[Sync]:
    redis = Redis.from_url(redis_url)
    shop = ListingShop("jd", "京东旗舰店", orders=[an_order("J1")])
    floor, wakes = floor_of(shop, clock, library), Wakes(redis)
    wakes.on_forget(lambda shop, keys: floor.forget(shop, *keys))
    worker = PushWorker(
        library, floor, Booking(library, plain_handbook(FakeStaff()), clock), wakes, clock
    )
    yield Sync(library, clock, shop, floor, worker)
    await floor.close()
    await redis.aclose()


async def test_a_pushed_order_is_in_the_book(sync: Sync) -> None:
    await sync.push(pushed("J1"))

    assert await sync.status("J1") is OrderStatus.PAID
    assert await sync.worker.fetch(1) == []


async def test_three_pushes_about_one_order_read_it_once(sync: Sync) -> None:
    await sync.push(pushed("J1", "m1"), pushed("J1", "m2"), pushed("J1", "m3"))

    assert sync.shop.reads == 1


async def test_the_next_answer_shows_what_was_pushed_though_answers_are_reused(sync: Sync) -> None:
    before = await sync.floor.order("J1")
    sync.shop.move("J1", OrderStatus.SHIPPED, sync.clock.now() + timedelta(seconds=1))
    reused = await sync.floor.order("J1")
    await sync.push(pushed("J1"))
    after = await sync.floor.order("J1")

    assert before.value is not None
    assert reused.value == before.value
    assert after.value is not None
    assert after.value.status is OrderStatus.SHIPPED


async def test_a_shop_that_cannot_search_by_buyer_is_searched_in_the_book(sync: Sync) -> None:
    hidden = replace(an_order("J2"), shop="other")
    async with sync.library.open() as books:
        await books.orders.note(hidden, Source.PUSH, sync.clock.now())
    await sync.push(pushed("J1"))

    orders = await sync.library.book.orders_of(BUYER, sync.clock.now() - timedelta(days=30))

    assert [order.number for order in orders] == ["J1"]


async def test_pushes_in_the_wrong_order_leave_the_latest_state(sync: Sync) -> None:
    sync.shop.move("J1", OrderStatus.COMPLETED, sync.clock.now())

    await sync.push(pushed("J1", "m9"))
    await sync.push(pushed("J1", "m1"))

    assert await sync.status("J1") is OrderStatus.COMPLETED


@pytest.mark.parametrize(
    "failure", [Unavailable("jd.timeout", "没有回应"), AuthExpired("jd.19", "授权失效")]
)
async def test_a_shop_that_fails_is_asked_again_later(
    sync: Sync, failure: Unavailable | AuthExpired
) -> None:
    sync.shop.failure = failure
    await sync.push(pushed("J1"))
    in_vain = await sync.status("J1")

    sync.shop.failure = None
    sync.clock.turn(timedelta(seconds=2))
    await sync.work()

    assert in_vain is None
    assert await sync.status("J1") is OrderStatus.PAID


async def test_a_shop_that_hangs_costs_its_patience_and_is_asked_again(sync: Sync) -> None:
    sync.shop.hangs = True
    await sync.push(pushed("J1"))
    sync.shop.hangs = False
    sync.clock.turn(timedelta(seconds=2))
    await sync.work()

    assert await sync.status("J1") is OrderStatus.PAID


async def test_a_shop_that_is_left_alone_is_not_asked_and_nothing_is_lost(sync: Sync) -> None:
    sync.shop.failure = Unavailable("jd.timeout", "没有回应")
    numbers = [f"J{n}" for n in range(1, 9)]
    sync.shop.orders = [an_order(number) for number in numbers]
    await sync.push(*(pushed(number, f"m{number}") for number in numbers))
    asked = sync.shop.reads

    sync.shop.failure = None
    for _ in range(4):
        sync.clock.turn(timedelta(seconds=40))
        await sync.work()

    assert asked == 5
    assert [await sync.status(number) for number in numbers] == [OrderStatus.PAID] * 8


async def test_an_order_that_the_shop_does_not_show_yet_is_asked_for_again(sync: Sync) -> None:
    sync.shop.orders = []
    await sync.push(pushed("J7"))
    sync.shop.orders = [an_order("J7")]
    sync.clock.turn(NOT_YET[0])
    await sync.work()

    assert await sync.status("J7") is OrderStatus.PAID


async def test_an_order_that_never_shows_is_let_go(sync: Sync) -> None:
    await sync.push(pushed("J7"))
    for wait in NOT_YET:
        sync.clock.turn(wait)
        await sync.work()
    (health,) = await sync.library.sync.health(sync.clock.now())

    assert sync.shop.reads == 1 + len(NOT_YET)
    assert (health.waiting, health.dead) == (0, 0)


async def test_what_the_shop_refuses_is_dead_and_told(sync: Sync) -> None:
    sync.shop.failure = Refused("jd.11", "没有权限")
    await sync.push(pushed("J1"))
    (health,) = await sync.library.sync.health(sync.clock.now())

    assert (health.waiting, health.dead) == (0, 1)


async def test_a_push_for_a_shop_that_is_no_longer_connected_is_dead(sync: Sync) -> None:
    await sync.push(replace(pushed("J1"), shop="gone"))
    (health,) = await sync.library.sync.health(sync.clock.now())

    assert (health.shop, health.dead) == ("gone", 1)


async def test_a_push_that_breaks_its_worker_is_not_taken_for_done_and_comes_to_an_end(
    sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(order_no: str) -> None:
        raise KeyError(order_no)

    monkeypatch.setattr(sync.shop, "order", broken)
    with pytest.raises(KeyError):
        await sync.push(pushed("J1"))
    (waiting,) = await sync.library.sync.health(sync.clock.now())
    for _ in range(MOST_TRIES):
        sync.clock.turn(LEASE_FOR)
        with pytest.raises(KeyError):
            await sync.work()
    sync.clock.turn(LEASE_FOR)
    await sync.work()
    (given_up,) = await sync.library.sync.health(sync.clock.now())

    assert (waiting.waiting, waiting.dead) == (1, 0)
    assert (given_up.waiting, given_up.dead) == (0, 1)


async def test_a_push_about_stock_reads_the_item(sync: Sync) -> None:
    item = ItemId("jd", "1")
    sync.shop.skus = [SkuStock(item, "s1", (), 4, Fen(16900))]
    await sync.push(ShopEvent("jd", "m1", "stock", Subject.STOCK, "1", "", 1, "{}"))

    async with sync.library.open() as books:
        stock = await books.stock.stock_of("jd", "1")
    assert stock is not None
    assert stock.available == 4


async def test_of_two_who_read_an_items_stock_the_one_who_asked_later_is_right(
    sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = ItemId("jd", "1")
    few = SkuStock(item, "s1", (), 4, Fen(16900))
    booking = Booking(sync.library, plain_handbook(FakeStaff()), sync.clock)

    async def slowly(asked: ItemId) -> tuple[SkuStock, ...]:
        sync.clock.turn(timedelta(seconds=1))
        await booking.stock(item, (few,))
        return (replace(few, available=9),)

    monkeypatch.setattr(sync.shop, "stock", slowly)
    await sync.push(ShopEvent("jd", "m1", "stock", Subject.STOCK, "1", "", 1, "{}"))

    async with sync.library.open() as books:
        stands = await books.stock.stock_of("jd", "1")
    assert stands is not None
    assert stands.available == 4


async def test_a_buyer_with_a_unionid_becomes_a_name_of_the_customer_who_has_it(
    sync: Sync,
) -> None:
    _, customer, _ = await conversation(sync.library, sync.clock)
    async with sync.library.open() as books:
        named = Identity(Name(UNIONID, "union-1"), Evidence.PLATFORM_BRIDGE, sync.clock.now())
        await books.customers.link(customer, named)
    sync.shop.orders = [replace(an_order("J1"), unionid="union-1")]

    await sync.push(pushed("J1"))

    known = await sync.library.customers.by_buyer("jd", BUYER.buyer)
    assert known is not None
    assert known.id == customer


def test_trying_goes_on_for_at_least_a_day() -> None:
    assert MOST_TRIES * timedelta(minutes=15) >= timedelta(days=1)
