"""What a real Vendure shop sells and where it lies."""

import pytest

from desk.kernel.money import Fen
from desk.shops.port import ItemId, PlaceKind, PlaceStock, Shop
from integrations.uncounted import UNCOUNTED
from tests.contracts.vendure.world import MARKS, BackOffice, Shopper

pytestmark = MARKS

_SHOES, _MILK, _RABBIT, _SUIT, _COURSE, _OFF_SALE = (
    ItemId("vendure", number) for number in ("1", "3", "5", "6", "8", "9")
)


async def test_all_items_on_sale_are_listed_for_no_query(shop: Shop) -> None:
    items = await shop.find_items("")

    assert len({item.id for item in items}) == len(items) == 8
    assert _OFF_SALE not in [item.id for item in items]
    assert all(0 < item.price_low <= item.price_high for item in items)


async def test_items_are_found_by_a_word_of_the_title(shop: Shop) -> None:
    (shoes,) = await shop.find_items("学步鞋")

    assert (shoes.id, shoes.title) == (_SHOES, "小满软底学步鞋 防滑机能鞋")
    assert (shoes.price_low, shoes.price_high) == (Fen(16900), Fen(16900))
    assert shoes.url == "https://shop.example/p/xuebuxie"


@pytest.mark.parametrize(("query", "found"), [("100%", 1), ("_", 0), ("%", 1), ("ppsu", 1)])
async def test_signs_in_a_query_mean_themselves(shop: Shop, query: str, found: int) -> None:
    assert len(await shop.find_items(query)) == found


async def test_an_unknown_word_finds_nothing(shop: Shop) -> None:
    assert await shop.find_items("量子计算机") == ()


async def test_stock_is_told_by_sku_and_place(shop: Shop) -> None:
    skus = await shop.stock(_SHOES)

    (sku,) = [sku for sku in skus if dict(sku.properties) == {"颜色": "米白色", "尺码": "22"}]
    assert (sku.available, sku.price) == (15, Fen(16900))
    assert sku.places == (
        PlaceStock("1", "上海仓", PlaceKind.WAREHOUSE, 12),
        PlaceStock("2", "徐家汇店", PlaceKind.STORE, 3),
    )
    assert len({sku.sku for sku in skus}) == len(skus) == 6


async def test_a_product_without_variants_has_one_sku_without_properties(shop: Shop) -> None:
    (sku,) = await shop.stock(ItemId("vendure", "7"))

    assert sku.properties == ()
    assert sku.available > 0


async def test_stock_that_was_counted_anew_is_seen_at_once(shop: Shop, office: BackOffice) -> None:
    first = (await shop.stock(_MILK))[0]

    await office.set_stock(first.sku, "2", 77)

    after = (await shop.stock(_MILK))[0]
    assert [place.available for place in after.places] == [60, 77]
    assert after.available == 137


async def test_what_is_sold_and_not_yet_sent_is_not_available(
    shop: Shop, chen: Shopper, office: BackOffice
) -> None:
    suit = (await shop.stock(_SUIT))[0]
    code = await chen.buy((suit.sku, 3))

    sold = (await shop.stock(_SUIT))[0]
    await office.send(code, "SF-STOCK")

    assert sold.available == suit.available - 3
    assert sum(place.available for place in sold.places) == sold.available
    assert (await shop.stock(_SUIT))[0] == sold


async def test_asking_for_more_than_there_is_stays_between_buyer_and_shop(
    shop: Shop, lin: Shopper
) -> None:
    (rabbit,) = await shop.stock(_RABBIT)

    answer = await lin.put(rabbit.sku, rabbit.available + 1)

    assert answer["errorCode"] == "INSUFFICIENT_STOCK_ERROR"
    assert answer["quantityAvailable"] == rabbit.available
    assert await shop.stock(_RABBIT) == (rabbit,)


async def test_what_is_not_counted_can_always_be_had(shop: Shop) -> None:
    (course,) = await shop.stock(_COURSE)

    assert (course.available, course.places) == (UNCOUNTED, ())


async def test_a_product_that_is_gone_or_off_sale_has_no_stock(shop: Shop) -> None:
    assert await shop.stock(ItemId("vendure", "999")) == ()
    assert await shop.stock(_OFF_SALE) == ()
