"""Products of WeChat Store, which searches no titles: remembered, and read again gently."""

import asyncio
import time
from collections import Counter
from datetime import timedelta

import pytest

from desk.kernel.errors import Unavailable
from desk.shops.port import ItemId
from integrations.wechat_store.shelf import FRESH_FOR, LISTED_FOR, MOST_RENEWED
from tests.integrations.wechat_scripted import OK, TOKEN, SetClock, path_of, scripted_shop, token


class _Goods:
    """A catalogue of products; calls are counted by interface."""

    def __init__(self, count: int) -> None:
        self.titles = {str(number): f"奶瓶{number}号" for number in range(1, count + 1)}
        self.asked: Counter[str] = Counter()
        self.may_link = True

    def answer(self, path: str, sent: dict[str, str]) -> object:
        """Answer as the gateway would."""
        self.asked[path_of(path)] += 1
        match path_of(path):
            case "product/list/get":
                start = int(sent.get("next_key", "0"))
                page = list(self.titles)[start : start + 30]
                total = len(self.titles)
                cursor = str(start + 30)
                return {**OK, "product_ids": page, "next_key": cursor, "total_num": total}
            case "product/get":
                return self._product(sent["product_id"])
            case "product/h5url/get" if self.may_link:
                return {**OK, "product_h5url": f"https://s/{sent['product_id']}"}
            case "product/h5url/get":
                return {"errcode": 48001, "errmsg": "api unauthorized"}
            case "product/stock/batchget":
                return {**OK, "data": {"spu_stock_list": []}}
        return token("t1")

    def _product(self, number: str) -> object:
        if number not in self.titles:
            return {"errcode": 10020052, "errmsg": "商品不存在"}
        skus = [{"sku_id": "1", "sale_price": 100, "stock_num": 3, "sku_attrs": []}]
        product = {
            "product_id": number,
            "title": self.titles[number],
            "status": 5,
            "skus": skus,
        }
        return {**OK, "product": product}


async def test_products_are_read_once_and_then_remembered() -> None:
    goods = _Goods(45)

    async with scripted_shop(goods.answer) as shop:
        first = await shop.find_items("")
        again = await shop.find_items("奶瓶7号")

    assert [item.title for item in first] == list(goods.titles.values())
    assert [item.url for item in again] == ["https://s/7"]
    assert goods.asked["product/get"] == goods.asked["product/h5url/get"] == 45


async def test_old_titles_are_read_again_a_few_at_a_time() -> None:
    goods, clock = _Goods(25), SetClock()

    async with scripted_shop(goods.answer, clock=clock) as shop:
        await shop.find_items("")
        goods.titles["25"] = "换了名字"
        calls = []
        for _ in range(4):
            clock.moment += FRESH_FOR / 4 + timedelta(minutes=1)
            before = goods.asked["product/get"]
            await shop.find_items("")
            calls.append(goods.asked["product/get"] - before)
        clock.moment += timedelta(minutes=1)
        await shop.find_items("")
        await shop.find_items("")
        (renamed,) = await shop.find_items("换了名字")

    assert calls == [0, 0, 0, MOST_RENEWED]
    assert renamed.url == "https://s/25"
    assert goods.asked["product/h5url/get"] == 25


async def test_a_large_shop_is_renewed_in_twelve_parts() -> None:
    goods, clock = _Goods(240), SetClock()

    async with scripted_shop(goods.answer, clock=clock) as shop:
        await shop.find_items("")
        clock.moment += FRESH_FOR + timedelta(minutes=1)
        before = goods.asked["product/get"]
        for _ in range(12):
            await shop.find_items("")
        renewed = goods.asked["product/get"] - before
        await shop.find_items("")

    assert renewed == goods.asked["product/get"] - before == 240


async def test_what_is_taken_down_is_forgotten_and_what_is_new_is_found() -> None:
    goods, clock = _Goods(3), SetClock()

    async with scripted_shop(goods.answer, clock=clock) as shop:
        await shop.find_items("")
        del goods.titles["2"]
        goods.titles["9"] = "新到的"
        at_once = await shop.find_items("")
        clock.moment += LISTED_FOR
        found = await shop.find_items("")

    assert [item.id.item for item in at_once] == ["1", "2", "3"]
    assert [item.id.item for item in found] == ["1", "3", "9"]
    assert goods.asked["product/list/get"] == 2


async def test_asking_for_stock_renews_the_title_for_free() -> None:
    goods = _Goods(2)

    async with scripted_shop(goods.answer) as shop:
        (first, _) = await shop.find_items("")
        goods.titles["1"] = "换了名字"
        await shop.stock(first.id)
        before = goods.asked["product/get"]

        assert [item.id for item in await shop.find_items("换了名字")] == [first.id]
    assert goods.asked["product/get"] == before


async def test_a_first_look_that_breaks_off_goes_on_where_it_ended() -> None:
    goods = _Goods(20)
    broken = {"15"}

    def script(path: str, sent: dict[str, str]) -> object:
        if path_of(path) == "product/get" and sent["product_id"] in broken:
            return {"errcode": 45011, "errmsg": "api minute-quota reach limit"}
        return goods.answer(path, sent)

    async with scripted_shop(script) as shop:
        with pytest.raises(Unavailable):
            await shop.find_items("")
        await asyncio.sleep(0.2)
        broken.clear()
        before = goods.asked["product/get"]
        assert len(await shop.find_items("")) == 20

    assert goods.asked["product/get"] - before < 20


async def test_a_shop_that_may_not_ask_for_links_has_products_without() -> None:
    goods = _Goods(2)
    goods.may_link = False

    async with scripted_shop(goods.answer) as shop:
        assert [item.url for item in await shop.find_items("")] == ["", ""]


async def test_a_product_that_is_taken_down_has_no_stock() -> None:
    def script(path: str, sent: dict[str, str]) -> object:
        if path == TOKEN:
            return token("t1")
        skus = [{"sku_id": "1", "sale_price": 100, "stock_num": 3, "sku_attrs": []}]
        return {**OK, "product": {"product_id": "1", "title": "a", "status": 11, "skus": skus}}

    async with scripted_shop(script) as shop:
        assert await shop.stock(ItemId("s", "1")) == ()


async def test_reading_the_shelf_leaves_room_for_those_who_wait() -> None:
    goods, is_busy = _Goods(200), asyncio.Event()

    def script(path: str, sent: dict[str, str]) -> object:
        if path_of(path) == "order/get":
            return {"errcode": 100002, "errmsg": "Not exist"}
        if goods.asked["product/get"] == 5:
            is_busy.set()
        return goods.answer(path, sent)

    async with scripted_shop(script, calls_per_second=8) as shop:
        reading = asyncio.create_task(shop.find_items(""))
        await is_busy.wait()
        start = time.monotonic()
        orders = await asyncio.gather(shop.order("1"), shop.order("2"))
        waited = time.monotonic() - start
        is_still_reading = not reading.done()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    assert not any(orders)
    assert is_still_reading
    assert waited < 8
