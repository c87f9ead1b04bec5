"""Changed orders on JD: no page, no window and no service of an order is lost."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.errors import Unavailable
from desk.shops.port import RefundStatus, Shop
from desk.shops.powers import ListsChangedOrders
from integrations.beijing import from_utc, to_utc
from integrations.catalog import connected_shops, read_entries
from integrations.jd.client import JdRefused
from tests.integrations.scripted_gateway import scripted

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_APPLY, _APPROVE, _PAY = "applyTime", "approveTime", "completeTime"
Params = dict[str, str]
_Script = Callable[[str, dict[str, str]], object]


class _Clock:
    def now(self) -> datetime:
        return _NOW


class _Jd:
    """Orders by number with their time of change; every question about a list is kept."""

    def __init__(self, modified: dict[int, datetime]) -> None:
        self.modified = modified
        self.services: dict[int, dict[str, datetime]] = {}
        self.searches: list[Params] = []
        self.views: list[Params] = []
        self.on_search: Callable[[int], None] = lambda _: None

    def __call__(self, _path: str, sent: dict[str, str]) -> object:
        method, params = sent["method"], json.loads(sent["360buy_param_json"])
        inside = {
            "jingdong.pop.order.search": self._search,
            "jingdong.pop.order.get": self._get,
            "jingdong.asc.serviceAndRefund.view": self._view,
            "jingdong.pop.afs.soa.refundapply.queryPageList": self._none_applied,
            "jingdong.b2c.shop.aftersales.refund.get": self._unknown_amount,
        }[method](params)
        return {f"{method.replace('.', '_')}_responce": {"code": "0", **inside}}

    def _search(self, params: Params) -> dict[str, object]:
        self.searches.append(params)
        start, end = to_utc(params["start_date"]), to_utc(params["end_date"])
        found = [number for number, at in self.modified.items() if start <= at <= end]
        found.sort(key=lambda number: self.modified[number], reverse=params["sortType"] == "1")
        size, page = int(params["page_size"]), int(params["page"])
        rows = [self._order(number) for number in found[(page - 1) * size : page * size]]
        self.on_search(len(self.searches))
        return {
            "searchorderinfo_result": {
                "apiResult": {"success": "true"},
                "orderTotal": str(len(found)),
                "orderInfoList": rows,
            }
        }

    def _get(self, params: Params) -> dict[str, object]:
        found = self._order(int(params["order_id"]))
        return {"orderDetailInfo": {"apiResult": {"success": True}, "orderInfo": found}}

    def _view(self, params: Params) -> dict[str, object]:
        if "orderId" in params:
            found = [number for number in self.services if number == int(params["orderId"])]
        else:
            self.views.append(params)
            by = _APPLY if f"{_APPLY}Begin" in params else _APPROVE
            start, end = to_utc(params[f"{by}Begin"]), to_utc(params[f"{by}End"])
            found = [
                number
                for number, times in self.services.items()
                if by in times and start <= times[by] <= end
            ]
        rows = [self._service(number) for number in found]
        return {"pageResult": {"success": True, "totalCount": len(rows), "data": rows}}

    def _service(self, number: int) -> dict[str, object]:
        times = self.services[number]
        bill: dict[str, object] = {
            "serviceId": number + 1000,
            "orderId": number,
            "afsApplyTime": from_utc(times[_APPLY]),
        }
        if _APPROVE in times:
            bill["approveDate"] = from_utc(times[_APPROVE])
        paid = {_PAY: from_utc(times[_PAY]), "status": 13} if _PAY in times else {}
        return {"sameOrderServiceBill": bill, **paid}

    def _none_applied(self, _params: Params) -> dict[str, object]:
        return {"queryResult": {"success": True, "result": []}}

    def _unknown_amount(self, _params: Params) -> dict[str, object]:
        return {"result": {"success": True, "data": {}}}

    def _order(self, number: int) -> dict[str, object]:
        line = {"skuId": "1", "skuName": "鞋", "jdPrice": "169.00", "itemTotal": "1"}
        return {
            "orderId": str(number),
            "orderState": "FINISHED_L",
            "orderStartTime": "2026-08-01 20:00:00",
            "paymentConfirmTime": "2026-08-01 20:00:00",
            "modified": from_utc(self.modified[number]),
            "actualPay": "169.00",
            "itemInfoList": [line],
        }


@asynccontextmanager
async def _shop(jd: _Script) -> AsyncIterator[ListsChangedOrders]:
    credentials = {"app_key": "K", "app_secret": "s3cret", "access_token": "tok"}
    async with scripted(jd) as url:
        entry = {"id": "jd", "platform": "jd", "name": "京东店", "base_url": url}
        entries = read_entries([{**entry, "credentials": credentials, "calls_per_second": 100_000}])
        async with connected_shops(entries, _Clock()) as (shop,):
            yield _that_lists(shop)


def _that_lists(shop: Shop) -> ListsChangedOrders:
    assert isinstance(shop, ListsChangedOrders)
    return shop


async def _told(jd: _Script, since: datetime, until: datetime) -> list[str]:
    async with _shop(jd) as shop:
        return [order.number async for order in shop.changed_orders(since, until)]


async def test_an_order_that_moves_on_while_pages_are_read_hides_no_other() -> None:
    start = _NOW - timedelta(hours=6)
    jd = _Jd({number: start + timedelta(seconds=number) for number in range(1, 251)})

    def move_on(search: int) -> None:
        if search == 2:
            for number in (10, 120, 245):
                jd.modified[number] = _NOW + timedelta(hours=1)

    jd.on_search = move_on
    told = await _told(jd, start, _NOW)

    assert set(map(int, told)) >= set(range(1, 251)) - {10, 120, 245}
    assert [params["page"] for params in jd.searches] == ["1", "3", "2", "1"]


async def test_a_crowded_window_is_asked_for_in_halves() -> None:
    start = _NOW - timedelta(hours=1)
    jd = _Jd({number: start + timedelta(seconds=number) for number in range(1, 2101)})

    told = await _told(jd, start, _NOW)

    assert set(map(int, told)) == set(range(1, 2101))
    assert {params["page"] for params in jd.searches} >= {"1", "11"}


async def test_long_times_are_walked_in_windows_that_jd_takes() -> None:
    jd = _Jd({1: _NOW - timedelta(days=80), 2: _NOW - timedelta(days=40), 3: _NOW})

    told = await _told(jd, _NOW - timedelta(days=85), _NOW + timedelta(days=1))

    assert told == ["1", "2"]
    for params in jd.searches:
        length = to_utc(params["end_date"]) - to_utc(params["start_date"])
        assert timedelta(0) < length <= timedelta(days=28)
    for params in jd.views:
        (begin, end) = (value for name, value in params.items() if "Time" in name)
        assert timedelta(0) < to_utc(end) - to_utc(begin) <= timedelta(days=7)


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        (timedelta(minutes=-60, seconds=-1), False),
        (timedelta(minutes=-60), True),
        (timedelta(minutes=-30, seconds=-1), True),
        (timedelta(minutes=-30), False),
        (timedelta(minutes=-30, seconds=1), False),
    ],
)
async def test_a_window_holds_its_start_and_not_its_end(at: timedelta, is_told: bool) -> None:
    jd = _Jd({7: _NOW + at})

    told = await _told(jd, _NOW - timedelta(hours=1), _NOW - timedelta(minutes=30))

    assert told == (["7"] if is_told else [])


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({_APPLY: timedelta(minutes=10)}, RefundStatus.REQUESTED),
        ({_APPLY: timedelta(days=9), _APPROVE: timedelta(minutes=10)}, RefundStatus.UNKNOWN),
        (
            {_APPLY: timedelta(days=13), _APPROVE: timedelta(days=11), _PAY: timedelta(minutes=10)},
            RefundStatus.REFUNDED,
        ),
    ],
)
async def test_a_service_is_a_change_even_when_the_orders_own_time_stands_still(
    times: dict[str, timedelta], expected: RefundStatus
) -> None:
    jd = _Jd({5: _NOW - timedelta(days=30)})
    jd.services[5] = {name: _NOW - age for name, age in times.items()}

    async with _shop(jd) as shop:
        since = _NOW - timedelta(hours=1)
        (order,) = [order async for order in shop.changed_orders(since, _NOW)]

    assert [refund.status for refund in order.refunds] == [expected]
    assert order.updated_at == _NOW - timedelta(minutes=10)


async def test_a_service_that_changed_before_is_no_change_now() -> None:
    jd = _Jd({5: _NOW - timedelta(days=30)})
    jd.services[5] = {_APPLY: _NOW - timedelta(days=9), _APPROVE: _NOW - timedelta(days=2)}

    assert await _told(jd, _NOW - timedelta(hours=1), _NOW) == []


async def test_an_order_that_changed_in_both_ways_is_told_once() -> None:
    jd = _Jd({5: _NOW - timedelta(minutes=20)})
    jd.services[5] = {_APPLY: _NOW - timedelta(minutes=30), _APPROVE: _NOW - timedelta(minutes=10)}

    assert await _told(jd, _NOW - timedelta(hours=1), _NOW) == ["5"]


async def test_what_lies_too_far_back_is_refused_and_not_left_out() -> None:
    def refuse(_path: str, _sent: dict[str, str]) -> object:
        result = {"success": "false", "chineseErrCode": "按更新时间只能查询近三个月的订单"}
        return {
            "jingdong_pop_order_search_responce": {"searchorderinfo_result": {"apiResult": result}}
        }

    with pytest.raises(JdRefused):
        await _told(refuse, _NOW - timedelta(days=99), _NOW)


async def test_a_page_that_cannot_be_read_ends_the_walk_with_an_error() -> None:
    start = _NOW - timedelta(hours=6)
    jd = _Jd({number: start + timedelta(seconds=number) for number in range(1, 251)})

    def breaking(path: str, sent: dict[str, str]) -> object:
        if len(jd.searches) == 2:
            return {"error_response": {"code": "67", "zh_desc": "平台抛错误"}}
        return jd(path, sent)

    with pytest.raises(Unavailable):
        await _told(breaking, start, _NOW)
