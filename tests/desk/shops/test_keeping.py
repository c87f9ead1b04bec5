"""What shops said is kept whole, and leaves when its time is over."""

from datetime import timedelta

import pytest

from desk.kernel.money import Fen
from desk.shops.cache import Json, Kept, MemoryCache
from desk.shops.port import BuyerId, Item, Order, Parcel, SkuStock
from desk.shops.powers import Member
from desk.shops.stored import Codec
from tests.desk.shops.shelf import PARCEL, START, HandClock, item, order, sku


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Order, order("yz", "E1")),
        (tuple[Order, ...], (order("yz", "E1"), order("yz", "E2"))),
        (tuple[Item, ...], (item("yz", "1", "学步鞋"),)),
        (tuple[SkuStock, ...], (sku("yz", "1", 3, "粉色", "22"),)),
        (tuple[Parcel, ...], (PARCEL,)),
        (BuyerId, BuyerId("yz", "b")),
        (Member, Member("金卡会员", None)),
        (tuple[Item, ...], ()),
    ],
)
def test_what_is_written_is_read_back_the_same(kind: type[object], value: object) -> None:
    codec = Codec(kind)

    assert codec.read(codec.write(value)) == value


def test_money_comes_back_as_money() -> None:
    codec = Codec(Item)

    assert isinstance(codec.read(codec.write(item("yz", "1", "鞋"))).price_low, Fen)


@pytest.mark.parametrize("raw", [None, {}, {"shop": "yz"}, [], "E1", {"shop": 1, "buyer": "b"}])
def test_what_another_version_wrote_is_not_believed(raw: Json) -> None:
    with pytest.raises(ValueError, match="kept"):
        Codec(BuyerId).read(raw)


async def test_what_is_kept_leaves_when_its_time_is_over() -> None:
    clock = HandClock()
    cache = MemoryCache(clock)
    await cache.put("stock", Kept(1, START), timedelta(minutes=5))
    clock.turn(timedelta(minutes=4))
    before = await cache.get("stock")
    clock.turn(timedelta(minutes=1))

    assert before == Kept(1, START)
    assert await cache.get("stock") is None


async def test_a_full_cache_forgets_the_oldest() -> None:
    cache = MemoryCache(HandClock(), size=2)
    for key in ("a", "b", "a", "c"):
        await cache.put(key, Kept(key, START), timedelta(minutes=5))

    assert await cache.get("b") is None
    assert await cache.get("a") == Kept("a", START)
    assert await cache.get("c") == Kept("c", START)
