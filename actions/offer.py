"""A coupon that fits: chosen by the merchant's policy, given once, within what the buyer has."""

from collections.abc import Sequence
from datetime import timedelta

from actions.buyers import Known, known_buyers
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.coupons.commands import GrantCoupon
from desk.coupons.model import CouponPolicy, GrantState
from desk.coupons.wording import terms
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.money import Fen
from desk.shops.port import BuyerId
from desk.turns import Turn

NOT_AGAIN_WITHIN = timedelta(days=7)

TROUBLE = "coupon_trouble"
"""What the conversation remembers of a coupon that could not be used: no other is pressed on."""

_ADVERTISED = frozenset(("stock_answer", "coupon_query"))
"""Occasions of selling; the others make good for something."""
_A_DAY = timedelta(days=1)

_TOLD = "told_coupon"
"""What the conversation remembers of a coupon that was only announced: once is enough."""


def fitting(
    policies: Sequence[CouponPolicy], occasion: str, shops: Sequence[str], price: Fen
) -> tuple[CouponPolicy, ...]:
    """Policies for an occasion in these shops: those the price reaches first, dearest first.

    Of those it does not reach, the nearest threshold comes first.
    """
    candidates = [each for each in policies if occasion in each.occasions and each.shop in shops]
    reached = [each for each in candidates if each.threshold <= price]
    beyond = [each for each in candidates if each.threshold > price]
    reached.sort(key=lambda each: -each.value)
    beyond.sort(key=lambda each: each.threshold)
    return (*reached, *beyond)


async def offer(
    turn: Turn,
    desk: Desk,
    occasion: str,
    shops: Sequence[str],
    price: Fen,
    subject: str,
    proven: BuyerId | None = None,
) -> Outcome:
    """Give the best coupon the customer has not had lately, or tell where it can be taken.

    `proven` is the buyer that this very turn has proven the customer to be.
    """
    choices = fitting(desk.policies, occasion, shops, price)
    if not choices:
        return Outcome()
    known = await known_buyers(turn, desk)
    if occasion in _ADVERTISED and not await welcome(turn, desk):
        return Outcome(do=known.do)
    if await had_lately(turn, desk, choices):
        return Outcome(do=known.do)
    buyers = known.buyers if proven is None else (*known.buyers, proven)
    given = give(turn, desk, Known(buyers), choices, subject)
    if given is not None:
        return Outcome(do=(*known.do, given))
    if turn.focus.get(_TOLD) == choices[0].id:
        return Outcome(do=known.do)
    told = Remember({_TOLD: choices[0].id})
    return Outcome(say=(Say(announced(choices[0], desk)),), do=(*known.do, told))


async def welcome(turn: Turn, desk: Desk) -> bool:
    """Tell whether a coupon may be given: one a day, and none in trouble or after a complaint."""
    dialogue = turn.conversation.dialogue
    complained = any(each.intent == "complaint" for each in dialogue.topics)
    if dialogue.vexed or complained or turn.focus.get(TROUBLE):
        return False
    granted = await desk.grants.of_customer(turn.customer.id)
    return not any(
        grant.state is not GrantState.REFUSED and turn.now - grant.asked_at < _A_DAY
        for grant in granted
    )


async def had_lately(turn: Turn, desk: Desk, choices: Sequence[CouponPolicy]) -> bool:
    """Tell whether the customer had one of the coupons within the last days."""
    wanted = {each.id for each in choices}
    granted = await desk.grants.of_customer(turn.customer.id)
    return any(
        grant.policy in wanted
        and grant.state is not GrantState.REFUSED
        and turn.now - grant.asked_at < NOT_AGAIN_WITHIN
        for grant in granted
    )


def give(
    turn: Turn, desk: Desk, known: Known, choices: Sequence[CouponPolicy], subject: str
) -> Command | None:
    """Put the first coupon that can be put into an account of the customer's."""
    for policy in choices:
        buyer = known.in_shop(policy.shop)
        if buyer is not None and desk.shops.issuer(policy.shop) is not None:
            return _grant(turn, policy, buyer, subject)
    return None


def announced(policy: CouponPolicy, desk: Desk) -> Phrase:
    """Tell of a coupon that cannot be put into an account that we do not know."""
    shop = desk.shops.shop(policy.shop)
    key = "coupon.take_by_link" if policy.link else "coupon.in_shop"
    return phrase(
        key,
        title=policy.title,
        terms=terms(policy),
        shop=shop.name if shop else "",
        link=policy.link,
    )


def _grant(turn: Turn, policy: CouponPolicy, buyer: BuyerId, subject: str) -> Command:
    return GrantCoupon(turn.customer.id, turn.conversation.id, policy.id, subject, buyer)
