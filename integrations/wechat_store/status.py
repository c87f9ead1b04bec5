"""WeChat Store's words for orders, after-sales and coupons in the desk's words."""

from desk.shops.port import OrderStatus, RefundStatus
from desk.shops.powers import CouponState

ORDER = {
    10: OrderStatus.PENDING,
    20: OrderStatus.PAID,
    21: OrderStatus.PART_SHIPPED,
    30: OrderStatus.SHIPPED,
    100: OrderStatus.COMPLETED,
    190: OrderStatus.CANCELLED,
    # All lines went through after-sales: it was paid, so it is no cancellation.
    200: OrderStatus.REFUNDED,
    250: OrderStatus.CANCELLED,
}
"""Newer numbers (12, 13: presents and group buys that wait) are told as unknown."""

REFUND = {
    "USER_CANCELD": RefundStatus.CLOSED,
    "MERCHANT_PROCESSING": RefundStatus.REQUESTED,
    "MERCHANT_REJECT_REFUND": RefundStatus.SELLER_REFUSED,
    "MERCHANT_REJECT_RETURN": RefundStatus.SELLER_REFUSED,
    "USER_WAIT_RETURN": RefundStatus.WAIT_BUYER_RETURN,
    "RETURN_CLOSED": RefundStatus.CLOSED,
    "MERCHANT_WAIT_RECEIPT": RefundStatus.RETURNED,
    "MERCHANT_OVERDUE_REFUND": RefundStatus.REFUNDING,
    "MERCHANT_REFUND_SUCCESS": RefundStatus.REFUNDED,
    "MERCHANT_RETURN_SUCCESS": RefundStatus.REFUNDED,
    "MERCHANT_EXCHANGE_SUCCESS": RefundStatus.CLOSED,
    "PLATFORM_REFUNDING": RefundStatus.REFUNDING,
    # Agreed and not paid out: the merchant has to try again, so the money is still awaited.
    "PLATFORM_REFUND_FAIL": RefundStatus.REFUNDING,
    "USER_WAIT_CONFIRM": RefundStatus.REQUESTED,
    "MERCHANT_REFUND_RETRY_FAIL": RefundStatus.CLOSED,
    "MERCHANT_FAIL": RefundStatus.CLOSED,
    "USER_WAIT_CONFIRM_UPDATE": RefundStatus.REQUESTED,
    "USER_WAIT_HANDLE_MERCHANT_AFTER_SALE": RefundStatus.REQUESTED,
}

COUPON = {
    100: CouponState.VALID,
    101: CouponState.EXPIRED,
    102: CouponState.USED,
}
