"""Where an order stands, in the few words that decide what can still be done about it."""

from collections.abc import Mapping

from desk.kernel.messages import Phrase, phrase
from desk.shops.port import Order, OrderStatus, Refund, RefundStatus

_UNSENT = (OrderStatus.PENDING, OrderStatus.ON_HOLD, OrderStatus.PAID)
_ON_THE_WAY = (OrderStatus.PART_SHIPPED, OrderStatus.SHIPPED)
_ARRIVED = (OrderStatus.DELIVERED, OrderStatus.COMPLETED)
_ENDED = (OrderStatus.CANCELLED, OrderStatus.REFUNDED, OrderStatus.CLOSED)
_REFUND_ENDED = (RefundStatus.REFUNDED, RefundStatus.CLOSED, RefundStatus.SELLER_REFUSED)


def unpaid(order: Order) -> bool:
    """The shop waits for the money."""
    return order.status is OrderStatus.PENDING


def waits_for_shipping(order: Order) -> bool:
    """Paid, and nothing has been sent."""
    return order.status in (OrderStatus.PAID, OrderStatus.ON_HOLD)


def unsent(order: Order) -> bool:
    """Nothing has been sent, paid or not."""
    return order.status in _UNSENT


def on_the_way(order: Order) -> bool:
    """Something has been sent and is not known to have arrived."""
    return order.status in _ON_THE_WAY


def sent(order: Order) -> bool:
    """Something has been sent, wherever it is now."""
    return order.status in (*_ON_THE_WAY, *_ARRIVED)


def partly_sent(order: Order) -> bool:
    """Some of it has been sent, and the rest has not."""
    return order.status is OrderStatus.PART_SHIPPED


def ended(order: Order) -> bool:
    """Cancelled, closed or paid back."""
    return order.status in _ENDED


def open_refund(order: Order) -> Refund | None:
    """The refund that is under way, the latest first."""
    running = [each for each in order.refunds if each.status not in _REFUND_ENDED]
    return max(running, key=lambda each: each.updated_at, default=None)


def waits_for_goods(order: Order) -> bool:
    """The shop has agreed to a refund and waits until the goods are back."""
    return any(each.status is RefundStatus.WAIT_BUYER_RETURN for each in order.refunds)


def has_refund(order: Order) -> bool:
    """Some money of it is or was on the way back."""
    return bool(order.refunds)


def status_phrase(order: Order) -> Phrase:
    """Where the order stands, in a sentence with the time that matters."""
    match order.status:
        case OrderStatus.PAID if order.paid_at is not None:
            return phrase("order.stands.paid_at", at=order.paid_at)
        case OrderStatus.SHIPPED | OrderStatus.PART_SHIPPED if order.shipped_at is not None:
            return phrase(f"order.stands.{order.status}_at", at=order.shipped_at)
        case _:
            return _STATUS[order.status]


def refund_phrase(refund: Refund) -> Phrase:
    """Where a refund stands, with its amount."""
    return phrase(
        "refund.line",
        amount=refund.amount,
        status=_REFUND[refund.status],
        at=refund.updated_at,
    )


_STATUS: Mapping[OrderStatus, Phrase] = {
    each: phrase(f"order.stands.{each.value}") for each in OrderStatus
}
_REFUND: Mapping[RefundStatus, Phrase] = {
    each: phrase(f"refund.stands.{each.value}") for each in RefundStatus
}
