"""Youzan's coupons as the desk's: what was issued, what a buyer holds, what cannot be voided."""

from datetime import datetime

from desk.shops.powers import CouponIssue, CouponState, HeldCoupon, IssuedCoupon
from integrations.wild import Wild
from integrations.youzan.client import YouzanRefused

_HAS_ALREADY = ("已领取", "已经领", "上限", "限领")
_USELESS = ("不存在", "已使用", "已核销", "已失效", "已过期")


def issued(raw: Wild) -> IssuedCoupon:
    """Read what was taken; the code stands under the kind of coupon."""
    kind = raw["coupon_type"].text().lower()
    return IssuedCoupon(CouponIssue.ISSUED, code=raw[kind]["verify_code"].id_or(""))


def not_issued(error: YouzanRefused) -> IssuedCoupon:
    """Tell why nothing was taken: Youzan's codes differ by area, its sentences do not."""
    has_already = any(word in error.reason for word in _HAS_ALREADY)
    result = CouponIssue.ALREADY_HAS if has_already else CouponIssue.REFUSED
    return IssuedCoupon(result, reason=error.reason)


def held(raw: Wild, now: datetime) -> HeldCoupon:
    """Read one card of a buyer."""
    expires_at = raw["expire_at"].moment_or_none()
    return HeldCoupon(
        coupon_id=raw["coupon_group_id"].id(),
        code=raw["verify_code"].id_or(""),
        state=_state(raw, expires_at, now),
        expires_at=expires_at,
    )


def _state(raw: Wild, expires_at: datetime | None, now: datetime) -> CouponState:
    if raw["is_used"].whole_or(0):
        return CouponState.USED
    if raw["is_invalid"].whole_or(0):
        return CouponState.UNKNOWN
    if expires_at is not None and expires_at <= now:
        return CouponState.EXPIRED
    return CouponState.VALID


def is_useless(error: YouzanRefused) -> bool:
    """Tell whether a coupon was refused because there is nothing left to void."""
    return any(word in error.reason for word in _USELESS)
