"""Orders: youzan.trades.sold.get 4.0.4 and youzan.trade.get 4.0.2."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.shops.ledger import Order
from sandbox.shops.wire import stored, yuan
from sandbox.shops.youzan.api import Api
from sandbox.shops.youzan.errors import BAD_PARAMETER, NOT_FOUND, BusinessError
from sandbox.shops.youzan.full_order import delivery, full_order, refund_entry
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop

LONGEST_WINDOW = timedelta(days=92)
LIST_LAG = timedelta(seconds=30)
REFUNDING = (1, 11)

# The kind of window that is given decides the order of the answer: success before update
# before creation; pay is a filter only.
WINDOWS: tuple[tuple[str, Callable[[Order], datetime | None]], ...] = (
    ("success", lambda order: order.success),
    ("update", lambda order: order.updated),
    ("created", lambda order: order.created),
    ("pay", lambda order: order.paid),
)


def sold(shop: YouzanShop, params: Params) -> object:
    """youzan.trades.sold.get 4.0.4: newest first, page_size <= 100, unpaired bounds ignored.

    The index behind it lags: a window of updates knows nothing of the last 30 seconds.
    """
    size = params.number("page_size", 20, 1, 100)
    start = (params.number("page_no", 1, 1, 100) - 1) * size
    orders = [order for order in shop.ledger.all() if _wanted(shop, order, params)]
    sort_key: Callable[[Order], datetime | None] = WINDOWS[2][1]
    for kind, moment_of in WINDOWS:
        window = _window(params, kind)
        if window is None:
            continue
        orders = [order for order in orders if _inside(moment_of(order), window)]
        if kind == "update":
            indexed = shop.clock.now() - LIST_LAG
            orders = [order for order in orders if order.updated <= indexed]
        if kind != "pay" and sort_key is WINDOWS[2][1]:
            sort_key = moment_of
    orders.sort(key=lambda order: sort_key(order) or order.created, reverse=True)
    return {
        "total_results": len(orders),
        "full_order_info_list": [
            {"full_order_info": full_order(shop, order)} for order in orders[start : start + size]
        ],
    }


def _window(params: Params, kind: str) -> tuple[datetime, datetime] | None:
    start, end = params.moment(f"start_{kind}"), params.moment(f"end_{kind}")
    if start is None or end is None:
        return None
    if end < start or end - start > LONGEST_WINDOW:
        raise BusinessError(BAD_PARAMETER, "参数错误：时间跨度不能超过3个月")
    return start, end


def _inside(moment: datetime | None, window: tuple[datetime, datetime]) -> bool:
    return moment is not None and window[0] <= stored(moment) <= window[1]


def _wanted(shop: YouzanShop, order: Order, params: Params) -> bool:
    buyer = shop.buyer(order.buyer)
    status = params.text("status")
    exact = (
        (params.text("tid"), order.number),
        (params.text("yz_open_id"), buyer.yz_open_id),
        (params.text("receiver_phone"), buyer.mobile),
    )
    titles = "".join(line.item.product.title for line in order.lines)
    return (
        all(not asked or asked == real for asked, real in exact)
        and _in_status(order, status)
        and params.text("goods_title") in titles
    )


def _in_status(order: Order, status: str) -> bool:
    if status in ("", "ALL"):
        return True
    if status == "TRADE_REFUND":
        return order.refund_state in REFUNDING
    return order.status == status


def one(shop: YouzanShop, params: Params) -> object:
    """youzan.trade.get 4.0.2: one order with packages, refunds and what was really paid."""
    order = shop.ledger.order(params.required("tid"))
    if order is None:
        raise BusinessError(NOT_FOUND, "订单不存在")
    full = full_order(shop, order)
    paid = order.payment if order.paid else 0
    pay_info = full["pay_info"]
    if isinstance(pay_info, dict):
        pay_info["real_payment"] = yuan(paid)
    return {
        "full_order_info": full,
        "delivery_order": [delivery(parcel) for parcel in order.parcels],
        "refund_order": [refund_entry(refund) for refund in order.refunds],
        "order_promotion": {
            "order_discount_fee": yuan(order.discount),
            "item_discount_fee": yuan(0),
            "adjust_fee": yuan(0),
            "order": [],
            "item": [],
        },
    }


APIS = (
    Api("youzan.trades.sold.get", "4.0.4", sold),
    Api("youzan.trade.get", "4.0.2", one),
)
