"""The floor over the real clients: what a customer is told when a platform has a bad day."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from desk.shops.answers import AnswerState, Why
from desk.shops.attributes import filter_skus
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.port import BuyerId, ItemId
from desk.shops.powers import HoldsToken
from integrations.catalog import connected_shops
from sandbox.clock import Clock
from tests.contracts.fake_shops import control, entries, fake_shops

_SHOES = ItemId("youzan-main", "1287450101")


@dataclass(frozen=True, slots=True)
class House:
    """A floor over both fakes."""

    floor: ShopFloor
    root: str


@pytest.fixture
async def house() -> AsyncIterator[House]:
    clock = Clock()
    async with fake_shops(clock) as root, connected_shops(entries(root), clock) as shops:
        floor = ShopFloor(shops, clock, MemoryCache(clock), FloorSettings())
        yield House(floor, root)
        await floor.close()


async def test_the_pink_shoes_are_found_in_both_shops(house: House) -> None:
    found = await house.floor.find("上次看中的鞋子有货吗 粉色22码", [_SHOES])

    assert found.is_clear
    assert found.best is not None
    answers = await house.floor.stock(found.best)
    left = {
        answer.shop: [sku.available for sku in filter_skus(answer.value or (), found.wanted)]
        for answer in answers
    }
    assert left == {"youzan-main": [3], "tmall-flagship": [15]}


async def test_a_slow_platform_is_answered_for_from_memory_and_in_time(house: House) -> None:
    product = await house.floor.product_of(_SHOES)
    assert product is not None
    await house.floor.stock(product)
    await control(f"{house.root}/youzan", slow_ms=3000)

    youzan, tmall = await house.floor.stock(product)

    assert (youzan.state, youzan.why) == (AnswerState.STALE, Why.UNAVAILABLE)
    assert youzan.value is not None
    assert len(youzan.value) == 18
    assert tmall.state is AnswerState.FRESH


async def test_an_ended_session_is_told_apart_from_a_platform_that_is_down(house: House) -> None:
    product = await house.floor.product_of(_SHOES)
    assert product is not None
    await control(f"{house.root}/taobao", expire_token=True)
    await control(f"{house.root}/youzan", down=True)

    youzan, tmall = await house.floor.stock(product)

    assert (youzan.state, youzan.why) == (AnswerState.UNREACHABLE, Why.UNAVAILABLE)
    assert (tmall.state, tmall.why) == (AnswerState.UNREACHABLE, Why.AUTH_EXPIRED)


async def test_an_order_of_either_shop_is_found_by_its_number_alone(house: House) -> None:
    youzan = await house.floor.order("e20261116201844019500026")
    tmall = await house.floor.order(" 2618830174529916203 ")
    none = await house.floor.order("2618830174529910000")

    assert (youzan.shop_name, tmall.shop_name) == ("有赞商城", "天猫旗舰店")
    assert (none.is_known, none.value) == (True, None)


async def test_a_wecom_customer_is_bridged_to_their_buyer(house: House) -> None:
    (known,) = await house.floor.buyer_of("wmAAAALinYuTong3Kq8Zx5Rb7Wd2sJ0a")
    (stranger,) = await house.floor.buyer_of("wmAAAABuXinKe2Jm7Xs5Od0Pk9cWv6T")

    assert known.value == BuyerId("youzan-main", "LnhGm4rh576452722916618240")
    assert (stranger.is_known, stranger.value) == (True, None)


async def test_health_tells_when_a_token_ends(house: House) -> None:
    await house.floor.find("学步鞋")

    youzan, tmall = house.floor.health()

    assert all(isinstance(shop, HoldsToken) for shop in house.floor.shops)
    assert youzan.token_expires_at is not None
    assert tmall.token_expires_at is None
