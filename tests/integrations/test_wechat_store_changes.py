"""Orders of WeChat Store out of windows: no gap, no short answer, no receiver in plain."""

import ast
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from desk.kernel.errors import Unavailable
from desk.shops.port import BuyerId, Shop
from desk.shops.powers import ListsChangedOrders, ListsOrdersOfBuyer
from tests.integrations.wechat_scripted import NOW, OK, TOKEN, path_of, scripted_shop, token

_SECONDS = int(NOW.timestamp())
_DAY = 86_400


def _order(number: str, updated: int = _SECONDS - 60, refunds: tuple[str, ...] = ()) -> object:
    order = {
        "order_id": number,
        "openid": "o1",
        "create_time": _SECONDS - 3600,
        "update_time": updated,
        "status": 20,
        "order_detail": {
            "product_infos": [],
            "price_info": {"order_price": 100},
            "pay_info": {},
            "delivery_info": {},
        },
        "aftersale_detail": {
            "aftersale_order_list": [{"aftersale_order_id": each} for each in refunds]
        },
    }
    return {**OK, "order": order}


class _Lists:
    """Orders and after-sales by the second they changed in; windows fuller than `most` are refused.

    The windows that were asked for are kept.
    """

    def __init__(self, orders: dict[str, int], refunds: dict[str, int], most: int = 99) -> None:
        self.orders, self.refunds, self.most = orders, refunds, most
        self.windows: list[tuple[int, int]] = []
        self.refund_windows: list[tuple[int, int]] = []

    def answer(self, path: str, sent: dict[str, str]) -> object:
        """Answer as the gateway would; a page holds one id."""
        match path_of(path):
            case "order/list/get":
                window: dict[str, int] = ast.literal_eval(sent["update_time_range"])
                span = window["start_time"], window["end_time"]
                self.windows.append(span)
                return self._page(self.orders, span, sent, "order_id_list")
            case "aftersale/getaftersalelist":
                span = int(sent["begin_update_time"]), int(sent["end_update_time"])
                self.refund_windows.append(span)
                return self._page(self.refunds, span, sent, "after_sale_order_id_list")
            case "order/get":
                number = sent["order_id"]
                mine = tuple(each for each in self.refunds if number.endswith(each[-1]))
                return _order(number, self.orders[number], mine)
            case "aftersale/getaftersaleorder":
                return self._refund(sent["after_sale_order_id"])
        return token("t1")

    def _page(
        self, rows: dict[str, int], span: tuple[int, int], sent: dict[str, str], name: str
    ) -> object:
        inside = [number for number, at in rows.items() if span[0] <= at <= span[1]]
        if len(inside) > self.most:
            return {"errcode": 31042, "errmsg": "shrink the time range"}
        start = int(sent["next_key"] or 0)
        more = start + 1 < len(inside)
        return {
            **OK,
            name: inside[start : start + 1],
            "has_more": more,
            "next_key": str(start + 1),
        }

    def _refund(self, number: str) -> object:
        case = {
            "after_sale_order_id": number,
            "order_id": f"10{number[-1]}",
            "status": "MERCHANT_PROCESSING",
            "type": "REFUND",
            "refund_info": {"amount": 100},
            "create_time": self.refunds[number],
            "update_time": self.refunds[number],
        }
        return {**OK, "after_sale_order": case}


async def _changed(shop: Shop, since: datetime, until: datetime) -> list[str]:
    assert isinstance(shop, ListsChangedOrders)
    return [order.number async for order in shop.changed_orders(since, until)]


async def test_a_window_that_holds_too_much_is_halved_until_it_does_not() -> None:
    orders = {f"10{place}": _SECONDS - 400 + place * 7 for place in range(9)}
    lists = _Lists(orders, {}, most=2)

    async with scripted_shop(lists.answer) as shop:
        found = await _changed(shop, NOW - timedelta(hours=1), NOW)

    assert sorted(found) == sorted(orders)
    assert len(found) == len(set(found))


async def test_one_second_that_holds_too_much_is_an_error_and_not_a_short_answer() -> None:
    lists = _Lists({f"10{place}": _SECONDS - 400 for place in range(3)}, {}, most=2)

    async with scripted_shop(lists.answer) as shop:
        with pytest.raises(Unavailable):
            await _changed(shop, NOW - timedelta(hours=1), NOW)


async def test_windows_meet_without_a_gap_and_end_before_until() -> None:
    lists = _Lists({}, {})

    async with scripted_shop(lists.answer) as shop:
        await _changed(shop, NOW - timedelta(days=17), NOW)

    for spans, longest in ((lists.windows, 7 * _DAY), (lists.refund_windows, _DAY)):
        assert spans[0][0] == _SECONDS - 17 * _DAY
        assert spans[-1][1] == _SECONDS - 1
        assert all(high - low <= longest for low, high in spans)
        assert all(after[0] == before[1] + 1 for before, after in pairwise(spans))


async def test_parts_of_a_second_lose_no_change() -> None:
    lists = _Lists({"101": _SECONDS - 10, "102": _SECONDS}, {})
    half = timedelta(milliseconds=500)

    async with scripted_shop(lists.answer) as shop:
        found = await _changed(shop, NOW - timedelta(seconds=10) + half, NOW + half)
        before = await _changed(shop, NOW - timedelta(seconds=10), NOW)

    assert found == ["101", "102"]
    assert before == ["101"]


async def test_an_order_that_stood_still_while_its_after_sale_moved_is_told() -> None:
    lists = _Lists({"101": _SECONDS - 9 * _DAY}, {"771": _SECONDS - 30})

    async with scripted_shop(lists.answer) as shop:
        assert isinstance(shop, ListsChangedOrders)
        window = (NOW - timedelta(hours=1), NOW)
        (order,) = [order async for order in shop.changed_orders(*window)]

    assert order.number == "101"
    assert order.updated_at == NOW - timedelta(seconds=30)
    assert [refund.id for refund in order.refunds] == ["771"]


async def test_an_order_that_moved_twice_is_told_once() -> None:
    lists = _Lists({"101": _SECONDS - 30}, {"771": _SECONDS - 30})

    async with scripted_shop(lists.answer) as shop:
        assert await _changed(shop, NOW - timedelta(hours=1), NOW) == ["101"]


@pytest.mark.parametrize("cursor", ["", "same"])
async def test_a_cursor_that_leads_nowhere_is_an_error(cursor: str) -> None:
    def script(path: str, sent: dict[str, str]) -> object:
        if path == TOKEN:
            return token("t1")
        return {**OK, "order_id_list": [], "has_more": True, "next_key": cursor}

    async with scripted_shop(script) as shop:
        with pytest.raises(Unavailable):
            await _changed(shop, NOW - timedelta(hours=1), NOW)


async def test_an_invalid_openid_has_no_orders() -> None:
    def script(path: str, sent: dict[str, str]) -> object:
        return token("t1") if path == TOKEN else {"errcode": 40003, "errmsg": "invalid openid"}

    async with scripted_shop(script) as shop:
        assert isinstance(shop, ListsOrdersOfBuyer)
        assert await shop.orders_of(BuyerId("s", "x"), NOW - timedelta(days=1)) == ()


async def test_the_receiver_is_always_asked_for_masked() -> None:
    seen: list[dict[str, str]] = []

    def script(path: str, sent: dict[str, str]) -> object:
        seen.append(sent)
        return token("t1") if path == TOKEN else _order("101")

    async with scripted_shop(script) as shop:
        await shop.order("101")

    assert seen[-1]["encode_sensitive_info"] == "True"
