"""Stores that have it are named to customers, warehouses are not, and the last pieces stay."""

from dataclasses import replace

from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.port import PlaceKind, PlaceStock
from desk.shops.safety import SafetyStock
from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.goods import PRAM, SHOES, kind
from tests.actions.people import STRANGER

PLACES = (
    PlaceStock("w1", "杭州仓", PlaceKind.WAREHOUSE, 3),
    PlaceStock("s1", "徐家汇店", PlaceKind.STORE, 2),
    PlaceStock("s2", "静安店", PlaceKind.STORE, 0),
)


async def test_a_store_that_has_it_is_named_for_fetching() -> None:
    chat = Chat(STRANGER)
    chat.youzan.skus = [replace(kind(SHOES, 5, 16900, size="22"), places=PLACES)]
    read = await chat.says("学步鞋22码有吗", "stock_check", product="学步鞋", size="22码")
    assert "【有赞商城 · 今天 12:00】还有 5 件，¥169\n　徐家汇店有 2 件，可到店取" in read[0]
    assert "杭州仓" not in read[0]
    assert "静安店" not in read[0]


async def test_a_store_that_no_shop_tells_of_is_asked_by_a_person() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("徐家汇店有推车吗", "stock_check", product="推车")
    assert any("要店里确认，我请同事问好告诉您" in each for each in read)
    (ticket,) = chat.did(OpenTicket)
    assert "婴儿推车" in ticket.summary


async def test_nobody_asks_a_store_whose_pieces_are_told() -> None:
    chat = Chat(STRANGER)
    chat.youzan.skus = [replace(kind(SHOES, 5, 16900, size="22"), places=PLACES)]
    await chat.says("徐家汇店有学步鞋吗", "stock_check", product="学步鞋")
    assert chat.did(OpenTicket) == []


async def test_a_place_alone_is_no_store() -> None:
    chat = Chat(STRANGER)
    await chat.says("我在徐家汇，推车有吗", "stock_check", product="推车")
    assert chat.did(OpenTicket) == []


async def test_customers_never_hear_of_the_last_pieces() -> None:
    chat = Chat(STRANGER)
    safety = SafetyStock(items={PRAM: 2})
    shops, cache = (chat.youzan, chat.tmall), MemoryCache(chat.clock)
    chat.desk = replace(chat.desk, shops=ShopFloor(shops, chat.clock, cache, safety=safety))
    read = await chat.says("推车有吗", "stock_check", product="推车")
    assert "没货了" in read[0]
    assert await chat.says("推车怎么卖", "price_query", product="推车")
