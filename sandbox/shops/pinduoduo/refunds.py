"""After-sales cases: the list by time of change, or of one order, whatever else is asked."""

from sandbox.shops.ledger import Order, Refund
from sandbox.shops.pinduoduo.api import Api
from sandbox.shops.pinduoduo.errors import invalid, not_there
from sandbox.shops.pinduoduo.form import HALF_AN_HOUR, Form
from sandbox.shops.pinduoduo.goods import picture
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.pinduoduo.states import case_type
from sandbox.shops.wire import Json, beijing, stored, yuan

ALL = 1
STATUSES = frozenset(
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 25, 27, 31, 32}
)
TYPES = frozenset({1, 2, 3, 4, 5, 6})


def _row(shop: PinduoduoShop, order: Order, refund: Refund) -> Json:
    line = refund.line
    return {
        "id": int(refund.refund_id),
        "order_sn": order.number,
        "after_sales_status": int(refund.status),
        "after_sales_type": case_type(refund),
        "after_sale_reason": refund.reason,
        "refund_amount": yuan(refund.fee),
        "order_amount": yuan(order.payment),
        "discount_amount": yuan(order.discount),
        "created_time": beijing(refund.created),
        "updated_time": beijing(refund.updated),
        "confirm_time": beijing(order.paid),
        "goods_id": int(line.item.item_id),
        "sku_id": str(line.sku.sku_id),
        "goods_name": line.item.product.title,
        "goods_number": str(line.num),
        "goods_price": yuan(line.sku.price),
        "good_image": picture(shop, line.item),
        "outer_id": line.sku.outer_id,
        "outer_goods_id": line.item.product.key.upper(),
        "tracking_number": "",
        "speed_refund_flag": 0,
        "speed_refund_status": "",
    }


def changed(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.refund.list.increment.get: with `order_sn` the other filters count for nothing."""
    status = form.chosen("after_sales_status", STATUSES)
    kind = form.chosen("after_sales_type", TYPES)
    since, until = form.window("start_updated_at", "end_updated_at", HALF_AN_HOUR)
    number = form.text("order_sn")
    cases = [(order, refund) for order in shop.ledger.all() for refund in order.refunds]
    if number:
        found = [case for case in cases if case[0].number == number]
    else:
        found = [
            (order, refund)
            for order, refund in cases
            if since <= stored(refund.updated) <= until
            and status in (ALL, int(refund.status))
            and kind in (ALL, case_type(refund))
        ]
    found.sort(key=lambda case: case[1].updated, reverse=True)
    first, behind = form.page()
    rows = [_row(shop, *case) for case in found[first:behind]]
    return {"refund_list": rows, "total_count": len(found)}


def information(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.refund.information.get {after_sales_id, order_sn}."""
    found = shop.ledger.refund(form.required("after_sales_id"))
    if found is None or found[0].number != form.required("order_sn"):
        raise not_there("售后单不存在")
    return _row(shop, *found)


def check(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.refund.status.check {order_sns}: which of up to 100 orders must not be sent."""
    numbers = form.required("order_sns").split(",")
    if len(numbers) > 100:
        raise invalid("order_sns", "最多100个订单号")
    orders = [order for number in numbers if (order := shop.ledger.order(number)) and order.refunds]
    return {"order_sns_exists_refund": [order.number for order in orders]}


APIS = (
    Api("pdd.refund.list.increment.get", "refund_increment_get_response", changed),
    Api("pdd.refund.information.get", "refund_information_get_response", information),
    Api("pdd.refund.status.check", "refund_status_check_response", check),
)
