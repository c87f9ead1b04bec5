"""Kuaishou's numbers for orders, refunds and carriers in the desk's words."""

from desk.shops.port import OrderStatus, RefundStatus

CLOSED = 80

_ORDER = {
    10: OrderStatus.PENDING,
    30: OrderStatus.PAID,
    40: OrderStatus.SHIPPED,
    50: OrderStatus.DELIVERED,
    70: OrderStatus.COMPLETED,
}

_REFUNDED = 60
_REFUND = {
    10: RefundStatus.REQUESTED,
    11: RefundStatus.REQUESTED,
    12: RefundStatus.SELLER_REFUSED,
    22: RefundStatus.WAIT_BUYER_RETURN,
    30: RefundStatus.WAIT_BUYER_RETURN,
    40: RefundStatus.RETURNED,
    50: RefundStatus.REFUNDING,
    70: RefundStatus.CLOSED,
}
_GIVES_MONEY_BACK = frozenset({1, 10})
EXCHANGE = 3

CARRIERS = {
    1: "百世快递",
    2: "EMS",
    3: "申通快递",
    4: "顺丰速运",
    6: "圆通速递",
    7: "韵达快运",
    8: "邮政快递包裹",
    9: "中通快递",
    10: "宅急送",
    11: "韵达快递",
    12: "中通快运",
    14: "京东快递",
    17: "德邦快递",
    53: "德邦快递",
    97: "邮政标准快递",
    109: "极兔速递",
    113: "菜鸟速递",
    136: "京东快运",
}


def order_status(number: int, *, is_paid: bool, is_money_back: bool) -> OrderStatus:
    """Tell where an order stands.

    80 is an order that ended early, paid or not: it is cancelled if nobody ever paid.
    """
    if number != CLOSED:
        return _ORDER.get(number, OrderStatus.UNKNOWN)
    if is_money_back:
        return OrderStatus.REFUNDED
    return OrderStatus.CLOSED if is_paid else OrderStatus.CANCELLED


def refund_status(number: int, handling_way: int) -> RefundStatus:
    """Tell where a refund stands: 60 is success, which is money back only where money was asked."""
    if number != _REFUNDED:
        return _REFUND.get(number, RefundStatus.UNKNOWN)
    if handling_way == EXCHANGE:
        return RefundStatus.CLOSED
    return RefundStatus.REFUNDED if handling_way in _GIVES_MONEY_BACK else RefundStatus.UNKNOWN
