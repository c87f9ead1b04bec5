"""What happened about coupons."""

from dataclasses import dataclass

from desk.coupons.model import CouponPolicy, Grant


@dataclass(frozen=True, slots=True)
class CouponAsked:
    """The platform is being asked to issue a coupon."""

    grant: Grant
    policy: CouponPolicy


@dataclass(frozen=True, slots=True)
class CouponIssued:
    """The buyer has the coupon now; the grant holds its code."""

    grant: Grant
    policy: CouponPolicy


@dataclass(frozen=True, slots=True)
class CouponAlreadyHeld:
    """The buyer had this coupon before."""

    grant: Grant
    policy: CouponPolicy


@dataclass(frozen=True, slots=True)
class CouponRefused:
    """The platform will not issue it; `reason` in the platform's words, for staff only."""

    grant: Grant
    policy: CouponPolicy
    reason: str


CouponEvent = CouponAsked | CouponIssued | CouponAlreadyHeld | CouponRefused
