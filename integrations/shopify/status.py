"""Shopify's words for orders, refunds and parcels in the desk's words."""

from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus

_BEFORE_SENDING = {
    "PENDING": OrderStatus.PENDING,
    "PARTIALLY_PAID": OrderStatus.PENDING,
    "AUTHORIZED": OrderStatus.ON_HOLD,
    "PAID": OrderStatus.PAID,
    "PARTIALLY_REFUNDED": OrderStatus.PAID,
    "VOIDED": OrderStatus.CLOSED,
    "EXPIRED": OrderStatus.CLOSED,
    "REFUNDED": OrderStatus.REFUNDED,
}
"""By displayFinancialStatus, as long as nothing was sent."""

_WAITS = frozenset(
    {
        *("UNFULFILLED", "OPEN", "IN_PROGRESS", "PENDING_FULFILLMENT", "SCHEDULED"),
        "REQUEST_DECLINED",
    }
)
_BY_SENDING = {
    "PARTIALLY_FULFILLED": OrderStatus.PART_SHIPPED,
    "FULFILLED": OrderStatus.SHIPPED,
    "RESTOCKED": OrderStatus.CLOSED,
}

PARCEL = {
    "LABEL_PURCHASED": ParcelStatus.UNKNOWN,
    "LABEL_PRINTED": ParcelStatus.UNKNOWN,
    "LABEL_VOIDED": ParcelStatus.UNKNOWN,
    "SUBMITTED": ParcelStatus.UNKNOWN,
    "CONFIRMED": ParcelStatus.UNKNOWN,
    "FULFILLED": ParcelStatus.UNKNOWN,
    "MARKED_AS_FULFILLED": ParcelStatus.UNKNOWN,
    "CARRIER_PICKED_UP": ParcelStatus.PICKED_UP,
    "IN_TRANSIT": ParcelStatus.IN_TRANSIT,
    "DELAYED": ParcelStatus.IN_TRANSIT,
    "OUT_FOR_DELIVERY": ParcelStatus.OUT_FOR_DELIVERY,
    "READY_FOR_PICKUP": ParcelStatus.OUT_FOR_DELIVERY,
    "ATTEMPTED_DELIVERY": ParcelStatus.EXCEPTION,
    "NOT_DELIVERED": ParcelStatus.EXCEPTION,
    "FAILURE": ParcelStatus.EXCEPTION,
    "DELIVERED": ParcelStatus.DELIVERED,
    "PICKED_UP": ParcelStatus.DELIVERED,
}
"""By FulfillmentDisplayStatus. PICKED_UP is the buyer's doing, in a store."""

SENT = "SUCCESS"
"""A fulfilment with another status failed or was taken back."""


def order_status(
    financial: str, fulfilment: str, *, is_cancelled: bool, is_delivered: bool
) -> OrderStatus:
    """Tell where an order stands; `is_delivered`: all that was sent has arrived.

    That an order is closed says nothing: Shopify archives what is paid and sent by itself.
    """
    if financial == "REFUNDED":
        return OrderStatus.REFUNDED
    if is_cancelled:
        return OrderStatus.CANCELLED
    if fulfilment == "FULFILLED" and is_delivered:
        return OrderStatus.DELIVERED
    if fulfilment == "ON_HOLD":
        return OrderStatus.ON_HOLD
    if fulfilment in _WAITS:
        return _BEFORE_SENDING.get(financial, OrderStatus.UNKNOWN)
    return _BY_SENDING.get(fulfilment, OrderStatus.UNKNOWN)


def refund_status(transactions: frozenset[str]) -> RefundStatus:
    """Tell where a refund stands by the states of its payments; one without any moves no money."""
    if not transactions:
        return RefundStatus.CLOSED
    return RefundStatus.REFUNDED if transactions == {SENT} else RefundStatus.REFUNDING
