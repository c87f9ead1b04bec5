"""How a coupon is told to the customer who got it."""

from desk.conversations.commands import SayTo, Tell
from desk.coupons.events import CouponAlreadyHeld, CouponIssued, CouponRefused
from desk.coupons.gifts import giver
from desk.coupons.model import CouponPolicy, Grant
from desk.kernel.messages import Phrase, Say, phrase


def issued(event: CouponIssued) -> tuple[SayTo, ...]:
    """Tell what the coupon is worth and where it is."""
    said = phrase(
        "coupon.issued",
        title=event.policy.title,
        terms=terms(event.policy),
        where=where(event.grant, event.policy),
    )
    return (SayTo(event.grant.conversation, Say(said)),)


def already_held(event: CouponAlreadyHeld) -> tuple[SayTo, ...]:
    """Tell that the coupon is there already, and where."""
    said = phrase(
        "coupon.already_has",
        title=event.policy.title,
        terms=terms(event.policy),
        where=where(event.grant, event.policy),
    )
    return (SayTo(event.grant.conversation, Say(said)),)


def giver_hears_issued(event: CouponIssued) -> tuple[Tell, ...]:
    """Tell the member of staff who gave it that the customer has it."""
    by = giver(event.grant.subject)
    said = Say(phrase("coupon.given.issued", title=event.policy.title))
    return (Tell(said, (by,)),) if by else ()


def giver_hears_refused(event: CouponRefused) -> tuple[Tell, ...]:
    """Tell the member of staff who gave it why the platform would not; customers hear nothing."""
    by = giver(event.grant.subject)
    said = Say(phrase("coupon.given.refused", title=event.policy.title, reason=event.reason))
    return (Tell(said, (by,)),) if by else ()


def terms(policy: CouponPolicy) -> Phrase:
    """What the coupon takes off, and from which amount on."""
    if policy.threshold == 0:
        return phrase("coupon.terms.free", value=policy.value)
    return phrase("coupon.terms.threshold", threshold=policy.threshold, value=policy.value)


def where(grant: Grant, policy: CouponPolicy) -> Phrase:
    """Where the customer finds it: a code to show, a page, or their account in the shop."""
    if grant.code:
        return phrase("coupon.where.code", code=grant.code)
    if policy.link:
        return phrase("coupon.where.link", link=policy.link)
    return phrase("coupon.where.account")
