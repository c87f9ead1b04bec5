"""Products over all shops: found by name, kept fresh, known while a shop is away."""

import asyncio
from datetime import timedelta

from desk.kernel.money import Fen
from desk.shops.answers import AnswerState
from desk.shops.port import ItemId
from desk.shops.products import PriceRange
from tests.desk.shops.house import HANGS, House
from tests.desk.shops.shelf import (
    item,
    unavailable,
)


async def test_products_are_found_over_all_shops(house: House) -> None:
    found = await house.floor.find("学步鞋 粉色22码")

    assert found.is_clear
    assert found.best is not None
    assert found.best.ids == (ItemId("yz", "1"), ItemId("tm", "a"))
    assert found.wanted == ("粉色", "22码")
    assert found.silent == ()


async def test_the_list_of_products_is_fetched_once_and_again_when_it_is_old(
    house: House,
) -> None:
    await asyncio.gather(*(house.floor.find("学步鞋") for _ in range(10)))
    await house.floor.find("凉鞋")
    assert house.yz.calls["find_items"] == 1

    house.yz.items = (*house.yz.items, item("yz", "2", "包头凉鞋"))
    house.clock.turn(timedelta(minutes=6))
    assert (await house.floor.find("凉鞋")).best is None
    await asyncio.sleep(0.01)

    assert (await house.floor.find("凉鞋")).is_clear
    assert house.yz.calls["find_items"] == 2


async def test_the_list_of_a_slow_shop_grows_old_no_more_than_that_of_a_fast_one(
    house: House,
) -> None:
    await house.floor.find("学步鞋")
    house.yz.delay = 0.4
    house.yz.items = (item("yz", "2", "包头凉鞋"),)
    house.clock.turn(timedelta(minutes=6))
    await house.floor.find("凉鞋")
    await asyncio.sleep(1.5)

    assert (await house.floor.find("凉鞋")).is_clear


async def test_a_shop_whose_products_are_not_known_is_named(house: House) -> None:
    house.yz.delay = HANGS

    found = await house.floor.find("学步鞋")

    assert found.silent == ("有赞商城",)
    assert found.best is not None
    assert found.best.ids == (ItemId("tm", "a"),)


async def test_a_list_that_came_late_is_known_to_the_next_question(house: House) -> None:
    house.yz.delay = 0.4
    first = await house.floor.find("学步鞋")
    await asyncio.sleep(1.5)

    second = await house.floor.find("学步鞋")

    assert first.silent == ("有赞商城",)
    assert second.silent == ()
    assert house.yz.calls["find_items"] == 1


async def test_a_shop_that_hangs_is_waited_for_once_only(house: House) -> None:
    house.yz.delay = HANGS
    await house.floor.find("学步鞋")
    started = asyncio.get_running_loop().time()

    for _ in range(5):
        await house.floor.find("学步鞋")

    assert asyncio.get_running_loop().time() - started < HANGS / 3
    assert house.yz.calls["find_items"] == 1


async def test_a_new_process_knows_the_products_of_a_shop_that_is_down(house: House) -> None:
    await house.floor.find("学步鞋")
    house.yz.failure = unavailable()
    fresh = house.new_floor()

    found = await fresh.find("学步鞋")
    await fresh.close()

    assert found.best is not None
    assert found.best.ids == (ItemId("yz", "1"), ItemId("tm", "a"))


async def test_a_product_is_found_by_any_of_its_items(house: House) -> None:
    product = await house.floor.product_of(ItemId("tm", "a"))

    assert product is not None
    assert product.ids == (ItemId("yz", "1"), ItemId("tm", "a"))
    assert await house.floor.product_of(ItemId("tm", "gone")) is None


async def test_prices_are_the_range_of_the_skus(house: House) -> None:
    house.tm.failure = unavailable()

    yz, tm = await house.floor.prices(house.shoes)

    assert yz.value == PriceRange(ItemId("yz", "1"), Fen(16900), Fen(16900))
    assert (tm.state, tm.value) == (AnswerState.UNREACHABLE, None)


async def test_products_are_kept_fresh_while_nobody_asks(house: House) -> None:
    keeper = asyncio.create_task(house.floor.keep_fresh())
    await asyncio.sleep(0.01)
    keeper.cancel()
    await asyncio.gather(keeper, return_exceptions=True)

    house.yz.failure = house.tm.failure = unavailable()

    assert (await house.floor.find("学步鞋")).is_clear


async def test_a_long_list_is_grouped_without_holding_up_everybody(house: House) -> None:
    house.yz.items = tuple(item("yz", str(at), f"步步熊{at:04d}号学步鞋") for at in range(600))
    house.tm.items = house.yz.items[:0]

    found, others = await asyncio.gather(
        house.floor.find("0042号学步鞋"), house.floor.find("0043号学步鞋")
    )

    assert found.best is not None
    assert others.best is not None
    assert (found.best.ids, others.best.ids) == ((ItemId("yz", "42"),), (ItemId("yz", "43"),))
