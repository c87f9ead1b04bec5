"""TOP's coupons as the desk's: how an issue ended, and what a buyer holds."""

from datetime import datetime

from desk.shops.powers import CouponIssue, CouponState, HeldCoupon, IssuedCoupon
from integrations.wild import Wild

_HAS_ALREADY = ("已领取", "已经领", "已拥有", "上限", "限领")
_STATES = {
    "unused": CouponState.VALID,
    # Bound to an order that is not finished: not to be used again unless that one falls through.
    "using": CouponState.USED,
    "used": CouponState.USED,
}


def issued(raw: Wild) -> IssuedCoupon:
    """Read how one issue ended: `is_success` is true even when every buyer failed."""
    for result in raw["coupon_results"]["coupon_result"]:
        return IssuedCoupon(CouponIssue.ISSUED, code=result["coupon_number"].id_or(""))
    reasons = [each["reason"].text_or("") for each in raw["failure_buyers"]["error_message"]]
    reason = reasons[0] if reasons else ""
    has_already = any(word in reason for word in _HAS_ALREADY)
    return IssuedCoupon(
        CouponIssue.ALREADY_HAS if has_already else CouponIssue.REFUSED, reason=reason
    )


def held(activity: Wild, raw: Wild, now: datetime) -> HeldCoupon:
    """Read one coupon of a buyer; when it ends is told by its activity."""
    expires_at = activity["end_time"].moment_or_none()
    state = _STATES.get(raw["state"].text_or(""), CouponState.UNKNOWN)
    if state is CouponState.VALID and expires_at is not None and expires_at <= now:
        state = CouponState.EXPIRED
    return HeldCoupon(activity["coupon_id"].id(), raw["coupon_number"].id_or(""), state, expires_at)
