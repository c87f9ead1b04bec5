"""Vendure's words for orders, refunds and parcels in the desk's words."""

from desk.shops.port import OrderStatus, ParcelStatus, Refund, RefundStatus

_ORDER = {
    "Created": OrderStatus.PENDING,
    "Draft": OrderStatus.PENDING,
    "AddingItems": OrderStatus.PENDING,
    "ArrangingPayment": OrderStatus.PENDING,
    "PaymentAuthorized": OrderStatus.ON_HOLD,
    "Modifying": OrderStatus.ON_HOLD,
    "ArrangingAdditionalPayment": OrderStatus.ON_HOLD,
    "PaymentSettled": OrderStatus.PAID,
    "PartiallyShipped": OrderStatus.PART_SHIPPED,
    "Shipped": OrderStatus.SHIPPED,
    "Delivered": OrderStatus.DELIVERED,
    "Cancelled": OrderStatus.CANCELLED,
}

CARTS = ("Created", "Draft", "AddingItems")
"""Not bought yet, so not told when orders are listed."""

UNDER_WAY = (
    *("ArrangingPayment", "PaymentAuthorized", "PaymentSettled", "Modifying"),
    *("ArrangingAdditionalPayment", "PartiallyShipped", "Shipped", "PartiallyDelivered"),
)

REFUND = {"Pending": RefundStatus.REFUNDING, "Settled": RefundStatus.REFUNDED}
"""A refund that failed has no word: the merchant tries again, nothing is closed."""

PARCEL = {"Shipped": ParcelStatus.IN_TRANSIT, "Delivered": ParcelStatus.DELIVERED}
"""Others are packed only, or were taken back."""


def order_status(state: str, paid: int, refunds: tuple[Refund, ...], *, waits: bool) -> OrderStatus:
    """Tell where an order stands; `paid` in fen, `waits`: some line is not sent.

    Vendure keeps the state of an order whose money went back without being cancelled, and calls
    an order "partially delivered" whose first parcel came, whatever became of the others.
    """
    back = sum(each.amount for each in refunds if each.status is RefundStatus.REFUNDED)
    is_all_back = bool(refunds) and all(each.status is RefundStatus.REFUNDED for each in refunds)
    if 0 < paid <= back or (state == "Cancelled" and is_all_back):
        return OrderStatus.REFUNDED
    if state == "PartiallyDelivered":
        return OrderStatus.PART_SHIPPED if waits else OrderStatus.SHIPPED
    return _ORDER.get(state, OrderStatus.UNKNOWN)
