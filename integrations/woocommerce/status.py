"""WooCommerce's words for orders in the desk's words."""

from desk.shops.port import OrderStatus

_ORDER = {
    "auto-draft": OrderStatus.PENDING,
    "checkout-draft": OrderStatus.PENDING,
    "pending": OrderStatus.PENDING,
    "failed": OrderStatus.PENDING,
    "on-hold": OrderStatus.ON_HOLD,
    "processing": OrderStatus.PAID,
    "partial-shipped": OrderStatus.PART_SHIPPED,
    "shipped": OrderStatus.SHIPPED,
    "delivered": OrderStatus.DELIVERED,
    "completed": OrderStatus.COMPLETED,
    "cancelled": OrderStatus.CANCELLED,
    "refunded": OrderStatus.REFUNDED,
    "trash": OrderStatus.CLOSED,
}
"""The core's words; partial-shipped, shipped and delivered are those of shipment plugins."""

DRAFTS = frozenset({"auto-draft", "checkout-draft"})
"""Not bought yet, so not told when orders are listed."""

REFUNDED = "refunded"

_SENDS = frozenset({OrderStatus.PAID, OrderStatus.COMPLETED})


def order_status(word: str, *, has_parcels: bool) -> OrderStatus:
    """Tell where an order stands.

    `completed` is what a merchant sets once all is sent, so with a parcel it only means "sent";
    an order in work with a parcel is sent too.
    """
    status = _ORDER.get(word, OrderStatus.UNKNOWN)
    return OrderStatus.SHIPPED if has_parcels and status in _SENDS else status
