"""Orders: the list by time of change, the list by time of deal, one by its number, its state."""

from datetime import timedelta

from sandbox.shops.ledger import Order
from sandbox.shops.pinduoduo.api import Api
from sandbox.shops.pinduoduo.errors import invalid, not_there
from sandbox.shops.pinduoduo.form import HALF_AN_HOUR, Form
from sandbox.shops.pinduoduo.order_rows import order_row, with_numbers
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.pinduoduo.states import refund_figure, state_of
from sandbox.shops.wire import Json, stored

TOLD_FOR = timedelta(days=90)
A_DAY = timedelta(hours=24)
SENT = frozenset({1, 2, 3, 5})
REFUND = frozenset({1, 2, 3, 4, 5})
LUCKY = frozenset({0, 1, 2})
ALL = 5


def _told(shop: PinduoduoShop) -> list[Order]:
    """Orders that the platform still tells of."""
    oldest = shop.clock.now() - TOLD_FOR
    return [order for order in shop.ledger.all() if order.created >= oldest]


def _chosen(shop: PinduoduoShop, form: Form, orders: list[Order]) -> Json:
    sent = form.chosen("order_status", SENT)
    refund = form.chosen("refund_status", REFUND)
    lucky = form.chosen("is_lucky_flag", LUCKY)
    found = [
        order
        for order in orders
        if sent in (ALL, state_of(order).order)
        and refund in (ALL, refund_figure(order))
        and lucky != 2
    ]
    first, behind = form.page()
    rows = [order_row(shop, order) for order in found[first:behind]]
    if form.flag("use_has_next"):
        return {"has_next": behind < len(found), "rows": rows}
    return {"total_count": len(found), "rows": rows}


def _under(name: str, page: Json) -> Json:
    return {name: page.pop("rows"), **page}


def changed(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.order.number.list.increment.get: half an hour at most, the latest change first.

    `shop.lag` plays the platform's lag: such late changes are not in the list yet.
    """
    since, until = form.window("start_updated_at", "end_updated_at", HALF_AN_HOUR)
    until = min(until, shop.clock.now() - shop.lag)
    orders = [order for order in _told(shop) if since <= stored(order.updated) <= until]
    orders.sort(key=lambda order: order.updated, reverse=True)
    return _under("order_sn_list", _chosen(shop, form, orders))


def dealt(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.order.list.get: dealt within a day at most, the latest first."""
    since, until = form.window("start_confirm_at", "end_confirm_at", A_DAY)
    orders = [
        order
        for order in _told(shop)
        if order.paid and state_of(order).confirm and since <= stored(order.paid) <= until
    ]
    orders.sort(key=lambda order: order.paid or order.created, reverse=True)
    return _under("order_list", _chosen(shop, form, orders))


def _one(shop: PinduoduoShop, number: str) -> Order:
    order = next((each for each in _told(shop) if each.number == number), None)
    if order is None:
        raise not_there("订单不存在")
    return order


def information(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.order.information.get {order_sn}."""
    order = _one(shop, form.required("order_sn"))
    return {"order_info": with_numbers(order_row(shop, order))}


def status(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.order.status.get {order_sns}: up to 100 numbers; the answer writes orderSn."""
    numbers = form.required("order_sns").split(",")
    if len(numbers) > 100:
        raise invalid("order_sns", "最多100个订单号")
    rows = []
    for number in numbers:
        order = shop.ledger.order(number)
        if order is not None:
            rows.append(
                {
                    "orderSn": number,
                    "order_status": state_of(order).order,
                    "refund_status": refund_figure(order),
                }
            )
    return {"order_status_list": rows}


APIS = (
    Api("pdd.order.number.list.increment.get", "order_sn_increment_get_response", changed),
    Api("pdd.order.list.get", "order_list_get_response", dealt),
    Api("pdd.order.information.get", "order_info_get_response", information),
    Api("pdd.order.status.get", "order_status_get_response", status),
)
