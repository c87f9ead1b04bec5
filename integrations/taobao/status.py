"""TOP's words for orders, refunds and parcels in the desk's words."""

from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus

ORDER = {
    "TRADE_NO_CREATE_PAY": OrderStatus.PENDING,
    "WAIT_BUYER_PAY": OrderStatus.PENDING,
    "PAY_PENDING": OrderStatus.ON_HOLD,
    "WAIT_PRE_AUTH_CONFIRM": OrderStatus.ON_HOLD,
    "PAID_FORBID_CONSIGN": OrderStatus.ON_HOLD,
    "WAIT_SELLER_SEND_GOODS": OrderStatus.PAID,
    "SELLER_CONSIGNED_PART": OrderStatus.PART_SHIPPED,
    "WAIT_BUYER_CONFIRM_GOODS": OrderStatus.SHIPPED,
    "TRADE_BUYER_SIGNED": OrderStatus.DELIVERED,
    "TRADE_FINISHED": OrderStatus.COMPLETED,
    # Closed after payment, which only a refund does; before payment it is the other one.
    "TRADE_CLOSED": OrderStatus.REFUNDED,
    "TRADE_CLOSED_BY_TAOBAO": OrderStatus.CANCELLED,
}

_REFUND = {
    "WAIT_SELLER_AGREE": RefundStatus.REQUESTED,
    "SELLER_REFUSE_BUYER": RefundStatus.SELLER_REFUSED,
    "WAIT_BUYER_RETURN_GOODS": RefundStatus.WAIT_BUYER_RETURN,
    "WAIT_SELLER_CONFIRM_GOODS": RefundStatus.RETURNED,
    "CLOSED": RefundStatus.CLOSED,
    # Exchanges end without money; on their way they wait for the same people.
    "WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS": RefundStatus.RETURNED,
    "WAIT_SELLER_CONSIGN_GOODS": RefundStatus.RETURNED,
    "EXCHANGE_TRANSFORM_TO_REFUND": RefundStatus.REQUESTED,
}
_MONEY_COMES_BACK = frozenset({"REFUND", "REFUND_AND_RETURN"})
_GOODS_FOR_GOODS = frozenset({"TMALL_EXCHANGE", "TAOBAO_EXCHANGE"})
_ONLY_OF_EXCHANGES = frozenset(
    {"WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS", "WAIT_SELLER_CONSIGN_GOODS"}
)

_PARCEL_WORDS = (
    (ParcelStatus.RETURNING, ("退回", "退签", "拒签", "拒收", "RETURN", "REJECT")),
    (ParcelStatus.EXCEPTION, ("异常", "疑难", "失败", "FAILED", "PROBLEM", "ERROR")),
    (ParcelStatus.DELIVERED, ("签收", "SIGN")),
    (ParcelStatus.OUT_FOR_DELIVERY, ("派送", "派件", "投递", "SENT_SCAN", "DELIVERING")),
    (ParcelStatus.PICKED_UP, ("揽", "收件", "GOT", "ACCEPT")),
)


def refund_status(status: str, dispute_type: str) -> RefundStatus:
    """Tell where a refund stands; success is money only when the dispute was about money."""
    if status != "SUCCESS":
        return _REFUND.get(status, RefundStatus.UNKNOWN)
    return RefundStatus.REFUNDED if dispute_type in _MONEY_COMES_BACK else RefundStatus.CLOSED


def is_exchange(status: str, dispute_type: str) -> bool:
    """Tell whether goods go for goods; one that was turned into a refund is an exchange no more."""
    if status == "EXCHANGE_TRANSFORM_TO_REFUND":
        return False
    return dispute_type in _GOODS_FOR_GOODS or status in _ONLY_OF_EXCHANGES


def parcel_status(action: str, description: str) -> ParcelStatus:
    """Tell from its newest scan where a parcel is.

    TOP's own status field says "signed" as soon as a parcel is sent offline, so it is not used.
    The node's action is plainer than the carrier's sentence ("派送成功，已签收"), so it goes first.
    """
    for words in (action.upper(), description):
        for status, marks in _PARCEL_WORDS:
            if any(mark in words for mark in marks):
                return status
    return ParcelStatus.IN_TRANSIT
