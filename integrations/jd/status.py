"""JD's words for orders and refunds in the desk's words."""

from desk.shops.port import OrderStatus, RefundStatus

ORDER = {
    "NOT_PAY": OrderStatus.PENDING,
    "LOCKED": OrderStatus.ON_HOLD,
    "PAUSE": OrderStatus.ON_HOLD,
    "POP_ORDER_PAUSE": OrderStatus.ON_HOLD,
    "WAIT_SELLER_STOCK_OUT": OrderStatus.PAID,
    "WAIT_SEND_CODE": OrderStatus.PAID,
    "WAIT_SELLER_DELIVERY": OrderStatus.PAID,
    # The spelling is JD's own.
    "SEND_TO_DISTRIBUTION_CENER": OrderStatus.SHIPPED,
    "DISTRIBUTION_CENTER_RECEIVED": OrderStatus.SHIPPED,
    "WAIT_GOODS_RECEIVE_CONFIRM": OrderStatus.SHIPPED,
    "RECEIPTS_CONFIRM": OrderStatus.DELIVERED,
    "FINISHED_L": OrderStatus.COMPLETED,
    "TRADE_CANCELED": OrderStatus.CANCELLED,
}

_MONEY_IS_BACK = 13
_MONEY_DID_NOT_ARRIVE = 14

_APPLICATION = {
    0: RefundStatus.REQUESTED,
    1: RefundStatus.REFUNDING,
    2: RefundStatus.SELLER_REFUSED,
    3: RefundStatus.REFUNDING,
    5: RefundStatus.REFUNDING,
    6: RefundStatus.REFUNDING,
    7: RefundStatus.REFUNDING,
    9: RefundStatus.REFUNDING,
}


def service_status(refund_state: int | None, *, is_approved: bool) -> RefundStatus:
    """Tell where a refund after delivery stands; `refund_state` None: there is no refund yet.

    An approved service without a refund may be a return, an exchange or a repair: unknown. So is
    a refund that failed, as somebody has to look what becomes of it.
    """
    if refund_state is None:
        return RefundStatus.UNKNOWN if is_approved else RefundStatus.REQUESTED
    if refund_state == _MONEY_DID_NOT_ARRIVE:
        return RefundStatus.UNKNOWN
    return RefundStatus.REFUNDED if refund_state == _MONEY_IS_BACK else RefundStatus.REFUNDING


def application_status(review: int) -> RefundStatus:
    """Tell where the refund of a cancelled order stands.

    JD tells the review only, so an approved one is on its way for ever and never back.
    """
    return _APPLICATION.get(review, RefundStatus.UNKNOWN)
