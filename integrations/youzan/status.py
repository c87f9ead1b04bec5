"""Youzan's words for orders, refunds and parcels in the desk's words."""

from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus

_ORDER = {
    "WAIT_BUYER_PAY": OrderStatus.PENDING,
    "WAIT_CONFIRM": OrderStatus.ON_HOLD,
    "TRADE_PAID": OrderStatus.PAID,
    "WAIT_SELLER_SEND_GOODS": OrderStatus.PAID,
    "WAIT_BUYER_CONFIRM_GOODS": OrderStatus.SHIPPED,
    "TRADE_SUCCESS": OrderStatus.COMPLETED,
}
_CLOSED_BY_REFUND = 2
_CANCELLED = frozenset({1, 3, 4, 5, *range(10, 18)})
_FULLY_REFUNDED = 12

REFUND = {
    "WAIT_SELLER_AGREE": RefundStatus.REQUESTED,
    "SELLER_REFUSE_BUYER": RefundStatus.SELLER_REFUSED,
    "WAIT_BUYER_RETURN_GOODS": RefundStatus.WAIT_BUYER_RETURN,
    "WAIT_SELLER_CONFIRM_GOODS": RefundStatus.RETURNED,
    "CLOSED": RefundStatus.CLOSED,
    "SUCCESS": RefundStatus.REFUNDING,
}
"""Success means "agreed": whether the money is back is told by the flow of funds alone."""

PARCEL = {
    0: ParcelStatus.IN_TRANSIT,
    1: ParcelStatus.PICKED_UP,
    2: ParcelStatus.EXCEPTION,
    3: ParcelStatus.DELIVERED,
    4: ParcelStatus.RETURNING,
    5: ParcelStatus.OUT_FOR_DELIVERY,
    6: ParcelStatus.RETURNING,
}


def order_status(
    status: str, close_type: int, refund_state: int, *, is_part_shipped: bool
) -> OrderStatus:
    """Tell where an order stands; closed is not cancelled: a refund closes a paid order too."""
    if status == "TRADE_CLOSED":
        if close_type == _CLOSED_BY_REFUND or refund_state == _FULLY_REFUNDED:
            return OrderStatus.REFUNDED
        return OrderStatus.CANCELLED if close_type in _CANCELLED else OrderStatus.CLOSED
    known = _ORDER.get(status, OrderStatus.UNKNOWN)
    if known is OrderStatus.PAID and is_part_shipped:
        return OrderStatus.PART_SHIPPED
    return known
