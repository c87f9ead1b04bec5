"""Orders: jingdong.pop.order.search and jingdong.pop.order.get.

`apiResult.success` is a text in one and a boolean in the other, as JD's own examples have both.
"""

from datetime import datetime, timedelta

from sandbox.shops.jd.api import Api
from sandbox.shops.jd.errors import Failed, invalid
from sandbox.shops.jd.order_rows import order_row
from sandbox.shops.jd.params import Params
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.ledger import Order
from sandbox.shops.wire import Json

A_MONTH = timedelta(days=31)
MODIFIED_BACK = timedelta(days=92)
_CREATED, _MODIFIED = "1", "0"
_KNOWN = (
    "start_date",
    "end_date",
    "order_state",
    "optional_fields",
    "source_id",
    "page",
    "page_size",
    "dateType",
    "sortType",
)


def _ok(success: object) -> Json:
    return {
        "success": success,
        "chineseErrCode": "成功",
        "englishErrCode": "success",
        "numberCode": 10100000,
    }


def _failed(success: object, reason: str) -> Json:
    return {
        "success": success,
        "chineseErrCode": reason,
        "englishErrCode": "failed",
        "numberCode": 10100012,
    }


def search(shop: JdShop, params: Params) -> Json:
    """Orders of a window, by the time of creation or of the last change."""
    params.only(*_KNOWN)
    if params.required("source_id") != "JOS":
        raise invalid("source_id", "应为 JOS")
    fields = params.required("optional_fields").split(",")
    page, size = params.digits("page", 1, 10_000), params.digits("page_size", 1, 100)
    try:
        orders = _window(shop, params)
    except Failed as failed:
        return {"searchorderinfo_result": {"apiResult": _failed("false", failed.reason)}}
    start = (page - 1) * size
    return {
        "searchorderinfo_result": {
            "apiResult": _ok("true"),
            "orderTotal": len(orders),
            "orderInfoList": [
                order_row(shop, order, fields) for order in orders[start : start + size]
            ],
        }
    }


def _window(shop: JdShop, params: Params) -> list[Order]:
    start, end = params.moment("start_date"), params.moment("end_date")
    if start is None or end is None:
        raise invalid("start_date" if start is None else "end_date", "不能为空")
    kind = params.text("dateType") or _MODIFIED
    if end < start or end - start > A_MONTH:
        raise Failed("查询时间跨度不能超过一个月")
    if kind != _CREATED and start < shop.clock.now() - MODIFIED_BACK:
        raise Failed("按更新时间只能查询近三个月的订单")
    states = [state for state in params.listed("order_state") if state != "ALL"]

    def time_of(order: Order) -> datetime:
        return order.created if kind == _CREATED else order.updated

    found = [
        order
        for order in shop.ledger.all()
        if start <= time_of(order).replace(microsecond=0) <= end
        and (not states or order.status in states)
    ]
    return sorted(found, key=time_of, reverse=params.text("sortType") == "1")


def one(shop: JdShop, params: Params) -> Json:
    """One order by its number."""
    params.only("order_id", "optional_fields", "order_state")
    fields = params.required("optional_fields").split(",")
    order = shop.ledger.order(params.required("order_id"))
    if order is None:
        return {"orderDetailInfo": {"apiResult": _failed(False, "订单不存在")}}
    return {
        "orderDetailInfo": {"apiResult": _ok(True), "orderInfo": order_row(shop, order, fields)}
    }


APIS = (Api("jingdong.pop.order.search", search), Api("jingdong.pop.order.get", one))
