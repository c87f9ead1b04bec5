"""What only shops of one's own do: WooCommerce and Shopify as the desk sees them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from desk.shops.port import ItemId, OrderStatus, PlaceKind, Shop
from desk.shops.powers import ListsChangedOrders
from integrations.catalog import connected_shops
from integrations.uncounted import UNCOUNTED
from sandbox.clock import Clock
from tests.contracts.cases.shape import ShopCase
from tests.contracts.cases.shopify import SHOPIFY
from tests.contracts.cases.woocommerce import WOOCOMMERCE
from tests.contracts.fake_shops import entry_of, fake_shops


@asynccontextmanager
async def _shop(case: ShopCase, **credentials: str) -> AsyncIterator[Shop]:
    clock = Clock()
    async with fake_shops(clock) as root:
        entry = entry_of(case, root)
        entry = replace(entry, credentials={**entry.credentials, **credentials})
        async with connected_shops((entry,), clock) as (shop,):
            yield shop


async def _item(shop: Shop, word: str) -> ItemId:
    (item,) = await shop.find_items(word)
    return item.id


async def test_woocommerce_tells_the_lowest_and_the_highest_price_of_variations() -> None:
    async with _shop(WOOCOMMERCE) as shop:
        (shoe,) = [each for each in await shop.find_items("学步鞋") if each.id == WOOCOMMERCE.item]

    assert (shoe.price_low, shoe.price_high) == (16900, 17900)


async def test_woocommerce_sells_what_nobody_counts_and_has_none_on_back_order() -> None:
    async with _shop(WOOCOMMERCE) as shop:
        (bib,) = await shop.stock(await _item(shop, "围兜"))
        (wash,) = await shop.stock(await _item(shop, "沐浴露"))

    assert (bib.available, wash.available) == (UNCOUNTED, 0)


async def test_an_order_that_a_plugin_numbered_is_found_where_the_entry_says_so() -> None:
    async with _shop(WOOCOMMERCE, order_numbers="plugin") as shop:
        order = await shop.order("XM-2026-0917")
        assert await shop.order("58014") is None
        assert await shop.order("0") is None
        assert await shop.order("5801") is None
    async with _shop(WOOCOMMERCE) as shop:
        assert await shop.order("XM-2026-0917") is None

    assert order is not None
    assert order.number == "XM-2026-0917"
    assert order.buyer is None


async def test_woocommerces_drafts_and_trash_are_not_told_in_lists() -> None:
    async with _shop(WOOCOMMERCE) as shop:
        assert isinstance(shop, ListsChangedOrders)
        now = Clock().now()
        found = [each.number async for each in shop.changed_orders(now - timedelta(days=30), now)]
        trashed = await shop.order("58003")

    assert {"58253", "58003"}.isdisjoint(found)
    assert len(found) > 8
    assert trashed is not None
    assert trashed.status is OrderStatus.CLOSED


async def test_shopify_tells_where_goods_lie_and_which_of_these_places_is_a_store() -> None:
    async with _shop(SHOPIFY) as shop:
        (sku,) = await shop.stock(SHOPIFY.plain_item)

    assert [(place.name, place.kind, place.available) for place in sku.places] == [
        ("宁波保税仓", PlaceKind.WAREHOUSE, 16),
        ("徐家汇店", PlaceKind.STORE, 7),
    ]
    assert sku.available == 23


async def test_shopify_sells_what_nobody_counts() -> None:
    async with _shop(SHOPIFY) as shop:
        (bib,) = await shop.stock(await _item(shop, "围兜"))

    assert (bib.available, bib.places) == (UNCOUNTED, ())


async def test_shopifys_number_may_be_asked_for_with_its_sign() -> None:
    async with _shop(SHOPIFY) as shop:
        assert await shop.order("#10482") == await shop.order("10482") is not None
        assert await shop.order("1048") is None


async def test_what_arrived_or_was_cancelled_at_shopify_is_told_so() -> None:
    async with _shop(SHOPIFY) as shop:
        stands = {
            number: order.status
            for number in ("10377", "10450", "10433", "10493", "10471")
            if (order := await shop.order(number)) is not None
        }

    assert stands == {
        "10377": OrderStatus.DELIVERED,
        "10450": OrderStatus.CANCELLED,
        "10433": OrderStatus.REFUNDED,
        "10493": OrderStatus.ON_HOLD,
        "10471": OrderStatus.ON_HOLD,
    }
