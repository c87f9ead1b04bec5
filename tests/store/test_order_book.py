"""The book of orders: a later telling covers an earlier one, and never the other way round."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    PlaceKind,
    PlaceStock,
    Refund,
    RefundStatus,
    SkuStock,
)
from desk.store.database import Database
from desk.sync.model import Difference, Flaw, ItemStock, Seen, Source
from tests.clocks import NOON, FrozenClock

BUYER = BuyerId("wx", "openid-1")
PAID = Order(
    shop="wx",
    number="W1",
    status=OrderStatus.PAID,
    buyer=BUYER,
    phone_tail="5678",
    created_at=NOON - timedelta(days=2),
    paid_at=NOON - timedelta(days=2),
    shipped_at=None,
    payment=Fen(16900),
    lines=(OrderLine(ItemId("wx", "1"), "s1", "学步鞋", (("颜色", "粉色"),), 1, Fen(16900)),),
    updated_at=NOON - timedelta(days=1),
    unionid="union-1",
    marks=("拼团",),
    raw='{"order_id": "W1"}',
)
SHIPPED = replace(
    PAID, status=OrderStatus.SHIPPED, shipped_at=NOON, updated_at=NOON - timedelta(hours=1)
)


async def note(library: Database, order: Order, clock: FrozenClock) -> Seen | None:
    async with library.open() as books:
        return await books.orders.note(order, Source.PUSH, clock.now())


async def test_a_new_order_is_booked_as_it_was_told(library: Database, clock: FrozenClock) -> None:
    seen = await note(library, PAID, clock)
    booked = await library.book.booked("wx", "W1")

    assert seen is not None
    assert seen.is_new
    assert booked is not None
    assert booked.order == PAID
    assert booked.order.raw == ""
    assert booked.seen_at == clock.now()


@pytest.mark.parametrize("first", [PAID, SHIPPED])
async def test_whatever_the_order_of_tellings_the_latest_state_stands(
    library: Database, clock: FrozenClock, first: Order
) -> None:
    second = SHIPPED if first is PAID else PAID
    await note(library, first, clock)
    seen = await note(library, second, clock)
    booked = await library.book.booked("wx", "W1")

    assert booked is not None
    assert booked.order.status is OrderStatus.SHIPPED
    assert seen == (Seen(SHIPPED, PAID) if first is PAID else None)


async def test_the_merchants_tags_stand_beside_the_order(
    library: Database, clock: FrozenClock
) -> None:
    async with library.open() as books:
        await books.orders.note(PAID, Source.PUSH, clock.now(), ("满100", "拼团"))
    booked = await library.book.booked("wx", "W1")

    assert booked is not None
    assert booked.tags == ("满100", "拼团")


async def test_the_same_once_more_changes_nothing(library: Database, clock: FrozenClock) -> None:
    await note(library, PAID, clock)
    seen = await note(library, PAID, clock)

    assert seen is not None
    assert not seen.changed


async def test_many_who_find_an_order_new_at_once_book_it_once(
    library: Database, clock: FrozenClock
) -> None:
    seen = await asyncio.gather(*(note(library, PAID, clock) for _ in range(8)))

    assert sum(each is not None and each.is_new for each in seen) == 1


async def test_orders_are_found_by_buyer_and_by_unionid(
    library: Database, clock: FrozenClock
) -> None:
    older = replace(PAID, number="W0", created_at=NOON - timedelta(days=30))
    hidden = replace(PAID, number="P1", shop="pdd", buyer=None, unionid="")
    for order in (PAID, older, hidden):
        await note(library, order, clock)

    recent = await library.book.orders_of(BUYER, NOON - timedelta(days=7))
    all_of_them = await library.book.orders_of(BUYER, NOON - timedelta(days=60))
    async with library.open() as books:
        buyers = await books.orders.buyers_of("union-1")
        nobody = await books.orders.buyers_of("")

    assert [order.number for order in recent] == ["W1"]
    assert [order.number for order in all_of_them] == ["W1", "W0"]
    assert buyers == (BUYER,)
    assert nobody == ()
    assert await library.book.orders_of(BuyerId("pdd", ""), NOON - timedelta(days=60)) == ()


async def test_refunds_are_booked_and_move_on(library: Database, clock: FrozenClock) -> None:
    asked = Refund("R1", RefundStatus.REQUESTED, Fen(16900), NOON)
    back = replace(asked, status=RefundStatus.REFUNDED, updated_at=NOON + timedelta(hours=1))
    await note(library, replace(PAID, refunds=(asked,), updated_at=NOON), clock)
    seen = await note(
        library, replace(PAID, refunds=(back,), updated_at=NOON + timedelta(hours=1)), clock
    )
    booked = await library.book.booked("wx", "W1")

    assert seen is not None
    assert seen.changed
    assert booked is not None
    assert booked.order.refunds == (back,)


async def test_a_refund_that_is_told_with_each_of_its_lines_is_booked_once(
    library: Database, clock: FrozenClock
) -> None:
    asked = Refund("R1", RefundStatus.REQUESTED, Fen(16900), NOON)
    await note(library, replace(PAID, refunds=(asked, asked)), clock)

    async with library.reading() as connection:
        found = await connection.execute(text("SELECT refund_id FROM shop_refunds"))
    assert list(found.scalars()) == ["R1"]


async def test_stock_of_many_nines_can_be_written_down(library: Database) -> None:
    item = ItemId("yz", "1")
    skus = tuple(SkuStock(item, f"s{n}", (), 999_999_999, Fen(100)) for n in range(9))

    async with library.open() as books:
        await books.stock.note_stock(ItemStock(item, skus, NOON))
        stands = await books.stock.stock_of("yz", "1")

    assert stands is not None
    assert stands.available == 9 * 999_999_999


async def test_many_orders_are_read_at_once(library: Database, clock: FrozenClock) -> None:
    second = replace(PAID, number="W2")
    for each in (PAID, second, replace(PAID, number="W3"), replace(PAID, shop="yz")):
        await note(library, each, clock)

    async with library.open() as books:
        found = await books.orders.booked_of("wx", ("W1", "W2", "W9"))

    assert found == {"W1": PAID, "W2": second}


async def test_what_changed_in_a_window_is_listed(library: Database, clock: FrozenClock) -> None:
    await note(library, PAID, clock)
    day = timedelta(days=1)

    async with library.open() as books:
        inside = await books.orders.numbers_changed("wx", NOON - day, NOON)
        outside = await books.orders.numbers_changed("wx", NOON - 3 * day, NOON - day)

    assert inside == {"W1"}
    assert outside == frozenset()


async def test_stock_seen_earlier_does_not_cover_what_was_seen_later(
    library: Database, clock: FrozenClock
) -> None:
    item = ItemId("yz", "1")
    places = (PlaceStock("wh", "杭州仓", PlaceKind.WAREHOUSE, 3),)
    late = ItemStock(item, (SkuStock(item, "s1", (), 3, Fen(100), places),), NOON)
    early = ItemStock(item, (SkuStock(item, "s1", (), 9, Fen(100)),), NOON - timedelta(minutes=1))

    async with library.open() as books:
        nothing = await books.stock.note_stock(late)
        before = await books.stock.note_stock(early)
        stands = await books.stock.stock_of("yz", "1")

    assert nothing is None
    assert before == late
    assert stands == late


async def test_pulls_are_claimed_by_one_and_advance_only_forward(
    library: Database, clock: FrozenClock
) -> None:
    now, minute = clock.now(), timedelta(minutes=1)
    async with library.open() as books:
        pulls = books.shop_pulls
        first = await pulls.claim("yz", now, now + minute, minute, now - timedelta(days=30))
        second = await pulls.claim("yz", now, now + minute, minute, now)
        await pulls.advance("yz", now - timedelta(days=1), now)
        await pulls.advance("yz", now - timedelta(days=2), now)
        await pulls.finish("yz", now)
        too_soon = await pulls.claim("yz", now, now + minute, minute, now)
        later = now + 2 * minute
        third = await pulls.claim("yz", later, later + minute, minute, now)
        await pulls.fail("yz", later + minute, "youzan.timeout")
    (health,) = await library.sync.health(now)

    assert first is not None
    assert first.done_until == now - timedelta(days=30)
    assert second is None
    assert too_soon is None
    assert third is not None
    assert third.done_until == now - timedelta(days=1)
    assert health.pull is not None
    assert (health.pull.failures, health.pull.error) == (1, "youzan.timeout")
    assert health.pull.last_success == now


async def test_a_pull_that_gets_on_has_no_error_any_more(
    library: Database, clock: FrozenClock
) -> None:
    now, minute = clock.now(), timedelta(minutes=1)
    async with library.open() as books:
        pulls = books.shop_pulls
        await pulls.claim("yz", now, now + minute, minute, now - timedelta(days=30))
        await pulls.fail("yz", now, "refused youzan.4001")
        await pulls.claim("yz", now, now + minute, minute, now)
        await pulls.advance("yz", now - timedelta(days=29), now + minute)
    (health,) = await library.sync.health(now)

    assert health.pull is not None
    assert (health.pull.failures, health.pull.error) == (0, "")


async def test_differences_are_listed_newest_first(library: Database, clock: FrozenClock) -> None:
    found = [
        Difference("yz", number, Flaw.MISSING, "", "已付款", clock.now() - timedelta(hours=age))
        for age, number in enumerate(("E1", "E2", "E3"))
    ]
    async with library.open() as books:
        await books.differences.add(found)
        await books.differences.add(())

    assert await library.sync.differences(clock.now() - timedelta(minutes=90), 10) == tuple(
        found[:2]
    )
