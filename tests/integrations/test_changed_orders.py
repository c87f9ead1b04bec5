"""Changed orders are asked for the way each platform wants it, whatever their number."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.errors import Unavailable
from desk.shops.port import Order
from desk.shops.powers import ListsChangedOrders
from integrations.beijing import from_utc, to_utc
from integrations.catalog import connected_shops, read_entries
from tests.integrations.scripted_gateway import Script, scripted

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_CREDENTIALS = {
    "youzan": {"client_id": "c", "client_secret": "s3cret", "kdt_id": "1"},
    "taobao": {"app_key": "k", "app_secret": "s3cret", "session": "first"},
}


class _Clock:
    def now(self) -> datetime:
        return _NOW


@asynccontextmanager
async def _shop(platform: str, script: Script) -> AsyncIterator[ListsChangedOrders]:
    async with scripted(script) as url:
        entry = {"id": "s", "platform": platform, "name": "店", "base_url": url}
        more = {"credentials": _CREDENTIALS[platform], "calls_per_second": 1000}
        async with connected_shops(read_entries([{**entry, **more}]), _Clock()) as (shop,):
            assert isinstance(shop, ListsChangedOrders)
            yield shop


async def _changed(platform: str, script: Script, back: timedelta) -> list[Order]:
    async with _shop(platform, script) as shop:
        return [order async for order in shop.changed_orders(_NOW - back, _NOW)]


class _Top:
    """TOP with trades and refunds at known moments."""

    def __init__(self, trades: dict[int, datetime], refunds: dict[int, datetime]) -> None:
        self.trades = trades
        self.refunds = refunds
        self.asked: list[dict[str, str]] = []
        self.breaks_at = ""

    def answer(self, path: str, sent: dict[str, str]) -> object:
        method = sent["method"]
        self.asked.append(sent)
        key = method.removeprefix("taobao.").replace(".", "_") + "_response"
        if method == "taobao.trade.fullinfo.get":
            return {key: {"trade": self._trade(int(sent["tid"]))}}
        if sent.get("page_no") == self.breaks_at:
            return {"error_response": {"code": 15, "sub_code": "isp.timeout", "msg": "no"}}
        if method == "taobao.trades.sold.increment.get":
            tids = self._inside(self.trades, sent)
            return {key: _page(sent, "trades", "trade", [self._trade(tid) for tid in tids])}
        tids = self._inside(self.refunds, sent)
        return {key: _page(sent, "refunds", "refund", [{"refund_id": 1, "tid": t} for t in tids])}

    def _inside(self, moments: dict[int, datetime], sent: dict[str, str]) -> list[int]:
        start, end = to_utc(sent["start_modified"]), to_utc(sent["end_modified"])
        found = [tid for tid, moment in moments.items() if start <= moment <= end]
        return sorted(found, key=lambda tid: moments[tid], reverse=True)

    def _trade(self, tid: int) -> dict[str, object]:
        return {
            "tid": tid,
            "status": "WAIT_SELLER_SEND_GOODS",
            "payment": "1.00",
            "created": "2026-10-01 00:00:00",
            "modified": from_utc(self.trades.get(tid, _NOW - timedelta(days=30))),
        }

    def lists(self) -> list[dict[str, str]]:
        return [sent for sent in self.asked if "page_no" in sent]


def _page(sent: dict[str, str], outer: str, inner: str, rows: list[dict[str, object]]) -> object:
    size = int(sent["page_size"])
    start = (int(sent["page_no"]) - 1) * size
    page: dict[str, object] = {outer: {inner: rows[start : start + size]}}
    if sent.get("use_has_next") == "true":
        return {**page, "has_next": start + size < len(rows)}
    return {**page, "total_results": len(rows)}


def _moments(count: int, apart: timedelta) -> dict[int, datetime]:
    return {1000 + n: _NOW - timedelta(seconds=1) - n * apart for n in range(count)}


async def test_top_is_asked_day_by_day_and_backwards_through_the_pages() -> None:
    top = _Top(_moments(250, timedelta(seconds=1)), {})

    orders = await _changed("taobao", top.answer, timedelta(days=2, hours=12))

    assert {order.number for order in orders} == {str(1000 + n) for n in range(250)}
    assert all(
        to_utc(sent["end_modified"]) - to_utc(sent["start_modified"]) < timedelta(days=1)
        for sent in top.lists()
    )
    newest = [sent for sent in top.lists() if "increment" in sent["method"]][-4:]
    assert [(sent["page_no"], sent.get("use_has_next")) for sent in newest] == [
        ("1", None),
        ("3", "true"),
        ("2", "true"),
        ("1", "true"),
    ]


async def test_a_busy_day_of_top_is_cut_until_it_is_not() -> None:
    top = _Top(_moments(2500, timedelta(seconds=20)), {})

    orders = await _changed("taobao", top.answer, timedelta(days=1))

    assert len({order.number for order in orders}) == 2500
    assert len(top.lists()) > 30


async def test_an_order_of_top_is_told_for_its_refund_alone_and_only_once() -> None:
    moment = _NOW - timedelta(hours=1)
    top = _Top({1: moment}, {1: moment, 2: moment})

    orders = await _changed("taobao", top.answer, timedelta(days=1))

    assert [order.number for order in orders] == ["1", "2"]


async def test_half_a_second_at_the_edges_is_read_rather_twice_than_never() -> None:
    top = _Top({1: _NOW - timedelta(hours=2)}, {})
    edge = _NOW - timedelta(hours=2) + timedelta(microseconds=400_000)

    async with _shop("taobao", top.answer) as shop:
        before = [order async for order in shop.changed_orders(edge - timedelta(hours=1), edge)]
        after = [order async for order in shop.changed_orders(edge, _NOW)]

    assert [order.number for order in before] == [order.number for order in after] == ["1"]


async def test_the_second_at_the_end_belongs_to_the_next_window() -> None:
    top = _Top({1: _NOW - timedelta(hours=2)}, {})
    edge = _NOW - timedelta(hours=2)

    async with _shop("taobao", top.answer) as shop:
        before = [order async for order in shop.changed_orders(edge - timedelta(hours=1), edge)]
        after = [order async for order in shop.changed_orders(edge, _NOW)]

    assert (before, [order.number for order in after]) == ([], ["1"])


async def test_a_page_that_fails_fails_the_window() -> None:
    top = _Top(_moments(250, timedelta(seconds=1)), {})
    top.breaks_at = "2"

    with pytest.raises(Unavailable):
        await _changed("taobao", top.answer, timedelta(days=1))


class _Youzan:
    """Youzan with orders and refunds that changed at known moments."""

    def __init__(self, trades: dict[str, datetime], refunds: dict[str, datetime]) -> None:
        self.trades = trades
        self.refunds = refunds
        self.asked: list[tuple[str, dict[str, str]]] = []

    def answer(self, path: str, sent: dict[str, str]) -> object:
        if path == "/auth/token":
            ends = int((_NOW + timedelta(days=7)).timestamp() * 1000)
            return {"success": True, "data": {"access_token": "t", "expires": ends}}
        method = path.split("/")[2]
        self.asked.append((method, sent))
        return {"success": True, "code": 200, "data": self._data(method, sent)}

    def _data(self, method: str, sent: dict[str, str]) -> object:
        if method == "youzan.trade.get":
            return self._trade(sent["tid"])
        if method == "youzan.cloud.secret.decryptmask.batch":
            sources = json.loads(sent["sources"].replace("'", '"'))
            return {source: f"138****{source[-4:]}" for source in sources}
        page, size = int(sent["page_no"]), int(sent["page_size"])
        start = (page - 1) * size
        if method == "youzan.trades.sold.get":
            assert page <= 100
            low, high = to_utc(sent["start_update"]), to_utc(sent["end_update"])
            rows = [n for n, moment in self.trades.items() if low <= moment <= high]
            some = [self._trade(number) for number in rows[start : start + size]]
            return {"total_results": len(rows), "full_order_info_list": some}
        assert page * size <= 3000
        seconds = range(int(sent["update_time_start"]), int(sent["update_time_end"]) + 1)
        rows = [n for n, moment in self.refunds.items() if int(moment.timestamp()) in seconds]
        return {"total": len(rows), "refunds": [{"tid": n} for n in rows[start : start + size]]}

    def _trade(self, number: str) -> dict[str, object]:
        info = {"tid": number, "status": "TRADE_PAID", "created": "2026-10-01 00:00:00"}
        return {
            "full_order_info": {
                "order_info": info,
                "pay_info": {"payment": "1.00"},
                "address_info": {"receiver_tel": f"$sealed{number}"},
                "orders": [],
            }
        }

    def count(self, method: str) -> int:
        return sum(method == each for each, _ in self.asked)


async def test_youzan_is_asked_in_windows_of_three_months() -> None:
    old = {"E1": _NOW - timedelta(days=200), "E2": _NOW - timedelta(days=2)}
    youzan = _Youzan(old, {"E3": _NOW - timedelta(days=100), "E2": _NOW - timedelta(days=1)})

    orders = await _changed("youzan", youzan.answer, timedelta(days=210))

    assert sorted(order.number for order in orders) == ["E1", "E2", "E3"]
    assert youzan.count("youzan.trades.sold.get") == youzan.count("youzan.trade.refund.search") == 3


async def test_youzans_phones_are_opened_many_at_once() -> None:
    trades = {f"E{1000 + n}": _NOW - timedelta(minutes=5) for n in range(45)}
    youzan = _Youzan(trades, {})

    orders = await _changed("youzan", youzan.answer, timedelta(hours=1))

    assert {order.phone_tail for order in orders} == {str(1000 + n) for n in range(45)}
    assert youzan.count("youzan.cloud.secret.decryptmask.batch") == 3


async def test_more_refunds_than_youzan_shows_are_asked_for_in_shorter_windows() -> None:
    apart = timedelta(seconds=10)
    refunds = {f"E{n}": _NOW - timedelta(seconds=1) - n * apart for n in range(3100)}
    youzan = _Youzan({}, refunds)

    async with _shop("youzan", youzan.answer) as shop:
        changed = shop.changed_orders(_NOW - timedelta(days=1), _NOW)
        found = {(await anext(changed)).number for _ in range(40)}

    assert len(found) == 40
    searches = [sent for method, sent in youzan.asked if method == "youzan.trade.refund.search"]
    assert len({sent["update_time_start"] for sent in searches}) > 1
