"""How a coupon is told to the customer who got it."""

import re

from desk.conversations.commands import SayTo, Tell
from desk.coupons.events import CouponAlreadyHeld, CouponIssued, CouponRefused
from desk.coupons.gifts import giver
from desk.coupons.model import CouponPolicy, Grant
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.money import Fen

_YUAN = re.compile(r"\d+(?:\.\d{1,2})?")


def issued(event: CouponIssued) -> tuple[SayTo, ...]:
    """Tell what the customer got and how to use it."""
    return _to_customer("coupon.issued", event.grant, event.policy)


def already_held(event: CouponAlreadyHeld) -> tuple[SayTo, ...]:
    """Tell that the coupon is there already, and how to use it."""
    return _to_customer("coupon.already_has", event.grant, event.policy)


def giver_hears_issued(event: CouponIssued) -> tuple[Tell, ...]:
    """Tell the member of staff who gave it that the customer has it."""
    return _to_giver(event.grant, phrase("coupon.given.issued", title=event.policy.title))


def giver_hears_held(event: CouponAlreadyHeld) -> tuple[Tell, ...]:
    """Tell the member of staff who gave it that the customer had one before."""
    return _to_giver(event.grant, phrase("coupon.given.held", title=event.policy.title))


def giver_hears_refused(event: CouponRefused) -> tuple[Tell, ...]:
    """Tell the member of staff who gave it why the platform would not; customers hear nothing."""
    said = phrase("coupon.given.refused", title=event.policy.title, reason=event.reason)
    return _to_giver(event.grant, said)


def terms(policy: CouponPolicy) -> Phrase | str:
    """What it takes off and from which amount on, in brackets; "" where the title says both."""
    if _title_says_terms(policy):
        return ""
    if policy.threshold == 0:
        return phrase("coupon.terms.free", value=policy.value)
    return phrase("coupon.terms.threshold", threshold=policy.threshold, value=policy.value)


def where(grant: Grant, policy: CouponPolicy) -> Phrase:
    """How the customer uses it: a code to fill in, a page, or their account in the shop."""
    if grant.code:
        return phrase("coupon.where.code", code=grant.code)
    if policy.link:
        return phrase("coupon.where.link", link=policy.link)
    return phrase("coupon.where.account")


def _title_says_terms(policy: CouponPolicy) -> bool:
    amounts = {Fen.from_yuan(amount) for amount in _YUAN.findall(policy.title)}
    if policy.threshold == 0:
        return policy.value in amounts and "无门槛" in policy.title
    return {policy.threshold, policy.value} <= amounts


def _to_customer(key: str, grant: Grant, policy: CouponPolicy) -> tuple[SayTo, ...]:
    filled = {"title": policy.title, "terms": terms(policy), "where": where(grant, policy)}
    return (SayTo(grant.conversation, Say(Phrase(key, filled))),)


def _to_giver(grant: Grant, said: Phrase) -> tuple[Tell, ...]:
    by = giver(grant.subject)
    return (Tell(Say(said), (by,)),) if by else ()
