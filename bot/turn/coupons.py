"""The errand that has a platform put a coupon into a buyer's account, once."""

from dataclasses import dataclass
from datetime import timedelta

from bot.turn.ports import Delivery, Doubtful, Later, Never, Sent
from desk.conversations.outgoing import IssueCoupon
from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.floor import ShopFloor
from desk.shops.powers import CouponIssue, IssuedCoupon, IssuesCoupons

_RENEWAL_TIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Issued:
    """How the errand ended; `coupon` is what the platform said, None while it is open."""

    delivery: Delivery
    coupon: IssuedCoupon | None = None


async def issue_coupon(shops: ShopFloor, errand: IssueCoupon, *, doubtful: bool) -> Issued:
    """Issue a coupon; after a doubtful try look first whether the buyer has it."""
    issuer = shops.issuer(errand.shop)
    if issuer is None:
        refused = IssuedCoupon(CouponIssue.REFUSED, reason="shop_issues_no_coupons")
        return Issued(Never("shop_issues_no_coupons"), refused)
    try:
        return await _issue(issuer, errand, doubtful=doubtful)
    except Unavailable as error:
        return Issued(Doubtful(error.code))
    except AuthExpired as error:
        return Issued(Later(error.code, _RENEWAL_TIME))
    except Refused as error:
        refused = IssuedCoupon(CouponIssue.REFUSED, reason=error.code)
        return Issued(Sent({"result": refused.result}), refused)


async def _issue(issuer: IssuesCoupons, errand: IssueCoupon, *, doubtful: bool) -> Issued:
    if doubtful and await issuer.holds_coupon(errand.platform_coupon_id, errand.buyer):
        got_through = IssuedCoupon(CouponIssue.ISSUED)
        return Issued(Sent({"result": got_through.result}), got_through)
    issued = await issuer.issue_coupon(errand.platform_coupon_id, errand.buyer)
    return Issued(Sent({"result": issued.result}), issued)
