"""The safety net at a real Vendure shop: no change is missed, though `updatedAt` hides most."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.clock import SystemClock
from desk.shops.port import Order, OrderStatus, RefundStatus, Shop
from desk.shops.powers import ListsChangedOrders
from integrations.catalog import connected_shops
from integrations.tokens import TokenCache
from integrations.vendure import changes
from tests.contracts.vendure.world import ACCOUNT, MARKS, BackOffice, Shopper, entry
from tools.vendure.server import VendureServer

pytestmark = MARKS

_NAPPIES, _BOTTLE = "8", "14"
_OVERLAP = timedelta(minutes=5)
_TICK = 1.1
"""The shop's database keeps whole seconds; changes further apart have times of their own."""


class Puller:
    """Pulls as the safety net does: each window overlaps the one before."""

    def __init__(self, shop: Shop) -> None:
        assert isinstance(shop, ListsChangedOrders)
        self._shop = shop
        self._since = datetime.now(UTC)
        self._seen: set[tuple[str, datetime | None]] = set()

    async def news(self, code: str) -> list[Order]:
        """What is new of one order since the last time."""
        until = datetime.now(UTC)
        found = [each async for each in self._shop.changed_orders(self._since - _OVERLAP, until)]
        self._since = until
        fresh = [each for each in found if (each.number, each.updated_at) not in self._seen]
        self._seen |= {(each.number, each.updated_at) for each in found}
        return [each for each in fresh if each.number == code]


async def test_each_change_is_seen_exactly_once(
    shop: Shop, chen: Shopper, office: BackOffice
) -> None:
    puller = Puller(shop)
    code = await chen.buy((_NAPPIES, 1), (_BOTTLE, 1))
    told = [await puller.news(code), await puller.news(code)]
    await asyncio.sleep(_TICK)
    parcel = await office.send(code, "SF2000")
    told += [await puller.news(code), await puller.news(code)]
    await asyncio.sleep(_TICK)
    await office.move(parcel, "Delivered")
    told += [await puller.news(code)]
    await asyncio.sleep(_TICK)
    refund = await office.refund(code, 500)
    told += [await puller.news(code)]
    await asyncio.sleep(_TICK)
    await office.settle(refund)
    told += [await puller.news(code), await puller.news(code)]

    assert [len(each) for each in told] == [1, 0, 1, 0, 1, 1, 1, 0]
    orders = [each for news in told for each in news]
    assert [order.status for order in orders] == [
        OrderStatus.PAID,
        OrderStatus.SHIPPED,
        *[OrderStatus.DELIVERED] * 3,
    ]
    assert [[refund.status for refund in order.refunds] for order in orders] == [
        *[[]] * 3,
        [RefundStatus.REFUNDING],
        [RefundStatus.REFUNDED],
    ]


async def test_a_cart_is_no_order_and_a_window_before_it_holds_nothing(
    shop: Shop, lin: Shopper
) -> None:
    assert isinstance(shop, ListsChangedOrders)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    await lin.sign_in()
    cart = (await lin.put(_NAPPIES, 1))["code"]

    until = datetime.now(UTC) + timedelta(minutes=1)
    changed = [each.number async for each in shop.changed_orders(until - _OVERLAP, until)]
    before = [each async for each in shop.changed_orders(long_ago, long_ago + _OVERLAP)]

    assert cart not in changed
    assert before == []


async def test_more_orders_than_a_page_are_all_told(
    shop: Shop, chen: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(shop, ListsChangedOrders)
    monkeypatch.setattr(changes, "_PAGE", 2)
    bought = {await chen.buy((_NAPPIES, 1)) for _ in range(5)}

    until = datetime.now(UTC) + timedelta(minutes=1)
    told = [each.number async for each in shop.changed_orders(until - _OVERLAP, until)]

    assert bought <= set(told)


async def test_how_far_finished_orders_are_looked_at_is_the_merchants_choice(
    server: VendureServer, tokens: TokenCache, chen: Shopper, office: BackOffice
) -> None:
    code = await chen.buy((_BOTTLE, 1))
    await office.move(await office.send(code, "SF2001"), "Delivered")
    # The window begins well after the purchase: only the refund could be in it.
    await asyncio.sleep(3 * _TICK)
    until = datetime.now(UTC) + timedelta(minutes=1)

    told = {}
    for days in ("0", "1"):
        one = entry(server.url, **ACCOUNT, finished_days=days)
        async with connected_shops((one,), SystemClock(), tokens) as (shop,):
            assert isinstance(shop, ListsChangedOrders)
            await office.settle(await office.refund(code, 100))
            since = datetime.now(UTC) - timedelta(seconds=0.5)
            told[days] = [each.number async for each in shop.changed_orders(since, until)]

    assert code not in told["0"]
    assert code in told["1"]
