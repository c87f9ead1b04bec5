"""Douyin's numbers for orders, after-sales and parcels in the desk's words."""

from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus

_ORDER = {
    1: OrderStatus.PENDING,
    105: OrderStatus.PAID,
    2: OrderStatus.PAID,
    101: OrderStatus.PART_SHIPPED,
    3: OrderStatus.SHIPPED,
    4: OrderStatus.CANCELLED,
    5: OrderStatus.COMPLETED,
}
_MAIN = {
    103: OrderStatus.PENDING,
    21: OrderStatus.REFUNDED,
    22: OrderStatus.REFUNDED,
    39: OrderStatus.REFUNDED,
}
"""What only the main status tells: a first payment of two (103), and the end by a refund."""

NOT_SENT = frozenset({105, 2})

_EXCHANGES = frozenset({3, 7, 8})
_MONEY_IS_BACK = 3
_AFTER_SALE = {
    6: RefundStatus.REQUESTED,
    27: RefundStatus.SELLER_REFUSED,
    29: RefundStatus.SELLER_REFUSED,
    7: RefundStatus.WAIT_BUYER_RETURN,
    11: RefundStatus.RETURNED,
    12: RefundStatus.REFUNDING,
    28: RefundStatus.CLOSED,
    51: RefundStatus.CLOSED,
    53: RefundStatus.CLOSED,
    # Exchanges on their way wait for the same people; answers write 3 where questions write 13.
    8: RefundStatus.RETURNED,
    13: RefundStatus.RETURNED,
    3: RefundStatus.RETURNED,
    14: RefundStatus.CLOSED,
}

_PARCEL_WORDS = (
    (ParcelStatus.RETURNING, ("退回", "退签", "拒签", "拒收")),
    (ParcelStatus.EXCEPTION, ("异常", "疑难", "问题件", "失败")),
    (ParcelStatus.DELIVERED, ("签收", "妥投")),
    (ParcelStatus.OUT_FOR_DELIVERY, ("派送", "派件", "投递", "代收", "待取")),
    (ParcelStatus.PICKED_UP, ("揽", "收件")),
)


def order_status(status: int, main_status: int) -> OrderStatus:
    """Tell where an order stands; one that a refund ended still reads 4 or 5 in `order_status`."""
    return _MAIN.get(main_status) or _ORDER.get(status, OrderStatus.UNKNOWN)


def is_exchange(kind: int) -> bool:
    """Tell whether goods go for goods: exchanged (3), sent once more (7), repaired (8)."""
    return kind in _EXCHANGES


def refund_status(after_sale: int, refund: int, kind: int) -> RefundStatus:
    """Tell where an after-sale stands; the money is back only when `refund_status` is 3."""
    known = _AFTER_SALE.get(after_sale, RefundStatus.UNKNOWN)
    if is_exchange(kind):
        return RefundStatus.CLOSED if known is RefundStatus.REFUNDING else known
    return RefundStatus.REFUNDED if refund == _MONEY_IS_BACK else known


def parcel_status(description: str, content: str) -> ParcelStatus:
    """Tell from its newest node where a parcel is.

    The node's own description is plainer than the carrier's sentence, so it goes first.
    """
    for words in (description, content):
        for status, marks in _PARCEL_WORDS:
            if any(mark in words for mark in marks):
                return status
    return ParcelStatus.IN_TRANSIT if description or content else ParcelStatus.UNKNOWN
