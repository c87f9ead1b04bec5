"""Pinduoduo's four numbers of an order, its refunds and its parcels in the desk's words."""

from dataclasses import dataclass

from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus

_CANCELLED = 2
_GROUP_FAILED = 2
_DEALT = 1
_TO_SEND, _SENT, _SIGNED = 1, 2, 3
_NO_REFUND, _REFUNDED = 1, 4


@dataclass(frozen=True, slots=True)
class State:
    """Where an order stands for Pinduoduo: each number tells something of its own.

    `confirm` 0 not dealt yet, 1 dealt, 2 cancelled; `group` 0 buyers are missing, 1 complete, 2
    failed; `order` 1 to be sent, 2 sent, 3 signed, 0 abnormal; `refund` 1 none or closed, 2 asked,
    3 on its way, 4 done. `is_checked`: the platform checks the order, it must not be sent yet.
    """

    confirm: int
    group: int
    order: int
    refund: int
    is_checked: bool = False


def order_status(state: State, *, is_all_back: bool) -> OrderStatus:
    """Tell where an order stands; `is_all_back`: all that was paid has been given back.

    A refund that is done closes an order that was not sent. After that it may have been a small
    amends, so that only the sum tells.
    """
    if state.confirm == _CANCELLED or state.group == _GROUP_FAILED:
        return OrderStatus.CANCELLED
    if state.confirm == 0:
        return OrderStatus.PENDING
    if state.confirm != _DEALT:
        return OrderStatus.UNKNOWN
    if state.refund == _REFUNDED and (state.order == _TO_SEND or is_all_back):
        return OrderStatus.REFUNDED
    return _of_the_dealt(state)


def _of_the_dealt(state: State) -> OrderStatus:
    if state.order == _TO_SEND:
        return OrderStatus.ON_HOLD if state.is_checked else OrderStatus.PAID
    if state.order == _SENT:
        return OrderStatus.SHIPPED
    if state.order == _SIGNED:
        is_done = state.refund == _NO_REFUND
        return OrderStatus.COMPLETED if is_done else OrderStatus.DELIVERED
    return OrderStatus.UNKNOWN


_REFUND = {
    0: RefundStatus.CLOSED,
    2: RefundStatus.REQUESTED,
    3: RefundStatus.REQUESTED,
    4: RefundStatus.REFUNDING,
    5: RefundStatus.REFUNDING,
    6: RefundStatus.SELLER_REFUSED,
    7: RefundStatus.WAIT_BUYER_RETURN,
    8: RefundStatus.REQUESTED,
    9: RefundStatus.CLOSED,
    10: RefundStatus.REFUNDED,
    11: RefundStatus.CLOSED,
    12: RefundStatus.CLOSED,
    13: RefundStatus.CLOSED,
    # Exchanges (14 to 18, 32) and repairs (21 to 27) wait for the same people, without money.
    14: RefundStatus.REQUESTED,
    15: RefundStatus.WAIT_BUYER_RETURN,
    16: RefundStatus.CLOSED,
    17: RefundStatus.CLOSED,
    18: RefundStatus.RETURNED,
    21: RefundStatus.REQUESTED,
    22: RefundStatus.WAIT_BUYER_RETURN,
    24: RefundStatus.CLOSED,
    25: RefundStatus.CLOSED,
    27: RefundStatus.RETURNED,
    31: RefundStatus.WAIT_BUYER_RETURN,
    32: RefundStatus.RETURNED,
}
_WITHOUT_MONEY = frozenset({14, 15, 16, 17, 18, 21, 22, 24, 25, 27, 32})
_TYPES_WITHOUT_MONEY = frozenset({4, 5, 6})


def refund_status(after_sales_status: int) -> RefundStatus:
    """Tell where a refund stands; only 10 is money that went back."""
    return _REFUND.get(after_sales_status, RefundStatus.UNKNOWN)


def is_exchange(after_sales_status: int, after_sales_type: int) -> bool:
    """Tell whether goods are exchanged, sent again or repaired, in place of money going back."""
    return after_sales_status in _WITHOUT_MONEY or after_sales_type in _TYPES_WITHOUT_MONEY


_PARCEL = {
    "GOT": ParcelStatus.PICKED_UP,
    "ARRIVAL": ParcelStatus.IN_TRANSIT,
    "DEPARTURE": ParcelStatus.IN_TRANSIT,
    "SEND": ParcelStatus.OUT_FOR_DELIVERY,
    "IN_CABINET": ParcelStatus.OUT_FOR_DELIVERY,
    "SIGN": ParcelStatus.DELIVERED,
    "SIGN_ON_BEHALF": ParcelStatus.DELIVERED,
    "OUT_CABINET": ParcelStatus.DELIVERED,
    "FAIL": ParcelStatus.EXCEPTION,
    "STAY_IN_WAREHOUSE": ParcelStatus.EXCEPTION,
    "REJECTION": ParcelStatus.RETURNING,
    "RETURN": ParcelStatus.RETURNING,
}


def parcel_status(action: str) -> ParcelStatus:
    """Tell from the action of its newest scan where a parcel is; OTHER and new words: moving."""
    return _PARCEL.get(action.replace(" ", ""), ParcelStatus.IN_TRANSIT)
