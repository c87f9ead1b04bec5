"""Calls keep to the limit of their method and to that of the app; prices are not asked in vain."""

import asyncio
from collections import Counter
from datetime import timedelta

import aiohttp
import pytest

from desk.kernel.errors import Unavailable
from desk.shops.port import ItemId, SkuStock
from integrations.pinduoduo.methods import ALL
from integrations.pinduoduo.shop import PinduoduoShop
from integrations.platform import Surroundings
from integrations.prices import Prices
from integrations.rate import Rate
from integrations.tokens import MemoryTokenCache
from sandbox.clock import Clock
from tests.integrations.pinduoduo_scripted import entry
from tests.integrations.scripted_gateway import scripted

_NUMBER = "261118-093512447180026"
_REFUNDS = "pinduoduo:pdd-main:pdd.refund.list.increment.get"
_LIMITS = {
    "pdd.goods.list.get": Rate(600, 60),
    "pdd.order.number.list.increment.get": Rate(3000, 60),
    "pdd.refund.list.increment.get": Rate(100, 10),
    "pdd.logistics.ordertrace.get": Rate(4800, 20),
}


class _Buckets:
    """Counts what was taken; `waits` says for how long who takes there has to wait."""

    def __init__(self, **waits: float) -> None:
        self.taken: Counter[str] = Counter()
        self.rates: dict[str, Rate] = {}
        self.waits = waits

    async def take(self, key: str, rate: Rate, *, patient: bool = False) -> float:
        self.taken[key] += 1
        self.rates[key] = rate
        return self.waits.get(key, 0.0)


def _script(_path: str, sent: dict[str, str]) -> object:
    if sent["type"] == "pdd.refund.list.increment.get":
        return {"refund_increment_get_response": {"refund_list": []}}
    row = {
        "order_sn": _NUMBER,
        "confirm_status": 1,
        "order_status": 2,
        "after_sales_status": 2,
        "pay_amount": "0",
        "created_time": "2026-11-18 20:00:00",
    }
    return {"order_info_get_response": {"order_info": row}}


async def _ask(buckets: _Buckets) -> None:
    async with scripted(_script) as url, aiohttp.ClientSession() as session:
        around = Surroundings(session, Clock(), MemoryTokenCache(), buckets)
        assert await PinduoduoShop(entry(url.rstrip("/")), around).order(_NUMBER) is not None


def test_limits_are_those_of_the_platforms_table() -> None:
    assert {method.type: method.rate for method in ALL if method.rate is not None} == _LIMITS


async def test_a_limited_method_takes_of_its_own_bucket_and_of_the_apps() -> None:
    buckets = _Buckets()

    await _ask(buckets)

    assert buckets.taken == {"pinduoduo:pdd-main": 2, _REFUNDS: 1}
    assert buckets.rates[_REFUNDS] == Rate(100, 10)


@pytest.mark.parametrize("full", ["pinduoduo:pdd-main", _REFUNDS])
async def test_where_either_is_empty_for_long_nothing_is_asked(full: str) -> None:
    with pytest.raises(Unavailable) as caught:
        await _ask(_Buckets(**{full: 60.0}))

    assert caught.value.code == "pinduoduo.queue"


class _Goods:
    """Looks slowly, and counts how many look at once."""

    def __init__(self) -> None:
        self.looked: list[str] = []
        self.now_looking = 0
        self.most = 0

    async def look_up(self, item: ItemId) -> tuple[SkuStock, ...]:
        self.looked.append(item.item)
        self.now_looking += 1
        self.most = max(self.most, self.now_looking)
        await asyncio.sleep(0.001)
        self.now_looking -= 1
        return ()


async def test_prices_are_asked_for_a_few_at_a_time_and_again_after_five_minutes() -> None:
    clock, goods = Clock(), _Goods()
    prices = Prices(goods.look_up, clock)
    items = [ItemId("pdd-main", str(number)) for number in range(12)]

    for _ in range(3):
        await asyncio.gather(*(prices.of(item) for item in items))
    assert sorted(goods.looked) == sorted(item.item for item in items)
    assert goods.most == 4

    clock.turn(timedelta(minutes=5, seconds=1))
    await prices.of(items[0])
    assert goods.looked[-1] == "0"
    assert len(goods.looked) == 13
