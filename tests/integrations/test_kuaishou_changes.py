"""Which orders changed: windows, cursors, refunds; nothing lost and nothing told twice."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from desk.kernel.errors import Refused, Unavailable
from desk.shops.port import RefundStatus
from tests.integrations.kuaishou_scripted import REFRESH, refreshed, shop_on, told

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_LIST, _REFUNDS = "open.order.cursor.list", "open.seller.order.refund.pcursor.list"


class _Clock:
    def now(self) -> datetime:
        return _NOW


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _row(number: int, at: datetime, **more: object) -> dict[str, Any]:
    base = {
        "oid": number,
        "status": 40,
        "createTime": _millis(_NOW - timedelta(days=80)),
        "payTime": 0,
        "updateTime": _millis(at),
        "totalFee": 9900,
    }
    item = {"itemId": 1, "skuId": 2, "itemTitle": "鞋", "num": 1}
    return {"orderBaseInfo": base, "orderItemInfo": item, **more}


def _refund(number: int, oid: int, at: datetime) -> dict[str, Any]:
    times = {"createTime": _millis(at - timedelta(days=1)), "updateTime": _millis(at)}
    money = {"status": 60, "handlingWay": 10, "refundFee": 9900}
    return {"refundId": number, "oid": oid, **money, **times}


class _Gateway:
    """Lists orders two a page by a cursor of their place; keeps what it was asked."""

    def __init__(self, *orders: dict[str, Any], refunds: tuple[dict[str, Any], ...] = ()) -> None:
        self.orders, self.refunds = orders, refunds
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def of(self, method: str) -> list[dict[str, Any]]:
        """What was asked of a method."""
        return [asked for name, asked in self.asked if name == method]

    def answer(self, method: str, asked: dict[str, Any]) -> object:
        """Answer a call."""
        if method == REFRESH:
            return refreshed("a", "r")
        self.asked.append((method, asked))
        if method == _LIST:
            return self._page(
                "cursor", "orderList", self.orders, asked, lambda row: row["orderBaseInfo"]
            )
        if method == _REFUNDS:
            name = "refundOrderInfoList"
            return self._page("pcursor", name, self.refunds, asked, lambda row: row)
        if method == "open.order.detail":
            rows = {row["orderBaseInfo"]["oid"]: row for row in self.orders}
            return told(**rows[asked["oid"]])
        return told(**{row["refundId"]: row for row in self.refunds}[asked["refundId"]])

    def _page(
        self, cursor: str, name: str, rows: tuple[Any, ...], asked: Mapping[str, Any], base: Any
    ) -> object:
        inside = [
            row for row in rows if asked["beginTime"] <= base(row)["updateTime"] <= asked["endTime"]
        ]
        start = int(asked[cursor] or 0)
        end = "nomore" if start + 2 >= len(inside) else str(start + 2)
        return told(**{name: inside[start : start + 2], cursor: end})


async def _changed(gateway: _Gateway, since: datetime, until: datetime) -> list[str]:
    async with shop_on(gateway.answer, clock=_Clock()) as shop:
        return [order.number async for order in shop.changed_orders(since, until)]


async def test_all_pages_are_read_to_the_end_of_the_cursor() -> None:
    rows = [_row(number, _NOW - timedelta(minutes=9 - number)) for number in range(1, 6)]
    gateway = _Gateway(*rows)

    found = await _changed(gateway, _NOW - timedelta(hours=1), _NOW)

    assert found == ["1", "2", "3", "4", "5"]
    assert [asked["cursor"] for asked in gateway.of(_LIST)] == ["", "2", "4"]


async def test_orders_are_asked_for_by_the_time_of_change_earliest_first() -> None:
    gateway = _Gateway()

    await _changed(gateway, _NOW - timedelta(hours=1), _NOW)

    (asked,) = gateway.of(_LIST)
    how = (asked["queryType"], asked["sort"], asked["orderViewStatus"], asked["pageSize"])
    assert how == (2, 2, 1, 50)
    assert "currentPage" not in asked
    (of_refunds,) = gateway.of(_REFUNDS)
    assert (of_refunds["type"], of_refunds["currentPage"], of_refunds["pageSize"]) == (9, 1, 100)


async def test_windows_are_a_week_for_orders_and_a_day_for_refunds() -> None:
    gateway, since = _Gateway(), _NOW - timedelta(days=20)

    await _changed(gateway, since, _NOW)

    for method, longest, count in ((_LIST, 7, 3), (_REFUNDS, 1, 20)):
        asked = gateway.of(method)
        assert len(asked) == count
        spans = [each["endTime"] - each["beginTime"] for each in asked]
        assert max(spans) < longest * 86_400_000
        assert asked[0]["beginTime"] == _millis(since)
        for one, following in pairwise(asked):
            assert following["beginTime"] == one["endTime"] + 1


async def test_the_start_belongs_to_a_window_and_its_end_does_not() -> None:
    start, end = _NOW - timedelta(minutes=10), _NOW - timedelta(minutes=5)
    tick = timedelta(milliseconds=1)
    gateway = _Gateway(_row(1, start - tick), _row(2, start), _row(3, end - tick), _row(4, end))

    assert await _changed(gateway, start, end) == ["2", "3"]


async def test_moments_between_two_milliseconds_lose_nothing() -> None:
    start, tick = _NOW - timedelta(minutes=10), timedelta(milliseconds=1)
    gateway = _Gateway(_row(1, start - tick), _row(2, start), _row(3, start + tick))
    half = tick / 2

    assert await _changed(gateway, start + half / 2, start + half) == ["2"]
    assert await _changed(gateway, start + half, _NOW) == ["2", "3"]


async def test_the_future_is_not_asked_for() -> None:
    gateway = _Gateway()

    await _changed(gateway, _NOW - timedelta(hours=1), _NOW + timedelta(hours=1))
    await _changed(gateway, _NOW + timedelta(minutes=5), _NOW + timedelta(hours=1))

    assert [asked["endTime"] for asked in gateway.of(_LIST)] == [_millis(_NOW)]


async def test_an_order_whose_refund_alone_changed_is_told_once_with_that_time() -> None:
    at = _NOW - timedelta(minutes=3)
    named = {"orderRefundList": [{"refundId": 71}, {"refundId": 72}]}
    gateway = _Gateway(
        _row(7, _NOW - timedelta(days=30), **named),
        refunds=(_refund(71, 7, at), _refund(72, 7, at - timedelta(minutes=1))),
    )
    async with shop_on(gateway.answer, clock=_Clock()) as shop:
        since = _NOW - timedelta(hours=1)
        (order,) = [each async for each in shop.changed_orders(since, _NOW)]
        assert order == await shop.order("7")

    assert order.updated_at == at
    assert [refund.status for refund in order.refunds] == [RefundStatus.REFUNDED] * 2


@pytest.mark.parametrize("stands", ["again", "", None])
async def test_a_cursor_that_stands_still_is_an_error_and_not_a_short_list(
    stands: str | None,
) -> None:
    row = _row(1, _NOW - timedelta(minutes=1))

    def answer(method: str, _: dict[str, Any]) -> object:
        return refreshed("a", "r") if method == REFRESH else told(orderList=[row], cursor=stands)

    async with shop_on(answer, clock=_Clock()) as shop:
        with pytest.raises(Unavailable):
            async for _ in shop.changed_orders(_NOW - timedelta(hours=1), _NOW):
                pass


async def test_an_empty_list_without_a_cursor_is_the_end() -> None:
    def answer(method: str, _: dict[str, Any]) -> object:
        return refreshed("a", "r") if method == REFRESH else told()

    async with shop_on(answer, clock=_Clock()) as shop:
        since = _NOW - timedelta(hours=1)
        assert [each async for each in shop.changed_orders(since, _NOW)] == []


async def test_what_the_platform_no_longer_tells_is_an_error_and_not_left_out() -> None:
    def answer(method: str, _: dict[str, Any]) -> object:
        if method == REFRESH:
            return refreshed("a", "r")
        return {"result": 300005, "error_msg": "CAN NOT SEARCH BEFORE 90 DAYS"}

    async with shop_on(answer, clock=_Clock()) as shop:
        with pytest.raises(Refused):
            async for _ in shop.changed_orders(_NOW - timedelta(days=100), _NOW):
                pass
