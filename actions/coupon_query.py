"""有券吗: what is on offer by the merchant's policy, what was given lately, and one to take."""

import re

from actions.buyers import known_buyers
from actions.offer import TROUBLE, fitting, give, had_lately, welcome
from actions.tickets import Plan, open_ticket
from actions.which_product import read_item
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.coupons.model import CouponPolicy, Grant, GrantState
from desk.coupons.wording import terms, where
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.money import Fen
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

_CANNOT_USE = re.compile(
    r"用不了|不能用|没法用|不可用|无法使用|没减|不减|领不了|领不到|失效|过期|没到账"
)
_TROUBLE = Plan(TicketKind.CONSULT, Priority.HIGH, "coupon.trouble", "优惠券用不了，请核对")
_MOST_LINES = 5


async def run(turn: Turn, desk: Desk) -> Outcome:
    """List the coupons; give the first that fits; a coupon that fails is looked into."""
    held = await held_coupons(turn, desk)
    if _CANNOT_USE.search(turn.text):
        said = phrase("coupon.trouble", held=held_lines(held))
        troubled = Remember({TROUBLE: "yes"})
        return Outcome((Say(said),), (open_ticket(turn, _TROUBLE, None, asks=False), troubled))
    offered = on_offer(desk, "coupon_query")
    if not offered and not held:
        return Outcome((Say(phrase("coupon.none")),))
    said = phrase("coupon.list", held=held_lines(held), offers=offer_lines(offered, held, desk))
    return Outcome((Say(said),), await _one_to_take(turn, desk, held))


def on_offer(desk: Desk, occasion: str) -> tuple[CouponPolicy, ...]:
    """The coupons that anybody may be told of on an occasion, dearest first."""
    shops = [shop.id for shop in desk.shops.shops]
    offered = [each for each in desk.policies if occasion in each.occasions and each.shop in shops]
    return tuple(sorted(offered, key=lambda each: -each.value))


async def held_coupons(turn: Turn, desk: Desk) -> tuple[tuple[Grant, CouponPolicy], ...]:
    """The coupons the customer has been given, the newest of each policy, newest first."""
    policies = {each.id: each for each in desk.policies}
    newest: dict[str, Grant] = {}
    for grant in await desk.grants.of_customer(turn.customer.id):
        if grant.state is GrantState.ISSUED and grant.policy in policies:
            newest.setdefault(grant.policy, grant)
    return tuple((grant, policies[grant.policy]) for grant in newest.values())


def offer_lines(
    offered: tuple[CouponPolicy, ...], held: tuple[tuple[Grant, CouponPolicy], ...], desk: Desk
) -> tuple[Phrase, ...]:
    """A line for each coupon on offer that the customer does not hold."""
    had = {policy.id for _, policy in held}
    fresh = [each for each in offered if each.id not in had]
    lines = tuple(_offer_line(each, desk) for each in fresh[:_MOST_LINES])
    return (phrase("coupon.list.on_offer"), *lines) if lines else ()


def _offer_line(policy: CouponPolicy, desk: Desk) -> Phrase:
    shop = desk.shops.shop(policy.shop)
    return phrase(
        "coupon.list.linked" if policy.link else "coupon.list.line",
        shop=shop.name if shop else "",
        title=policy.title,
        terms=terms(policy),
        link=policy.link,
    )


def held_lines(held: tuple[tuple[Grant, CouponPolicy], ...]) -> tuple[Phrase, ...]:
    """A line for each coupon that the customer holds, with where it is."""
    lines = tuple(
        phrase(
            "coupon.list.held", title=policy.title, terms=terms(policy), where=where(grant, policy)
        )
        for grant, policy in held[:_MOST_LINES]
    )
    return (phrase("coupon.list.yours"), *lines) if lines else ()


async def _one_to_take(
    turn: Turn, desk: Desk, held: tuple[tuple[Grant, CouponPolicy], ...]
) -> tuple[Command, ...]:
    """Put one into the customer's account: of those that fit what is being talked about."""
    if not await welcome(turn, desk):
        return ()
    had = {policy.id for _, policy in held}
    shops = [shop.id for shop in desk.shops.shops]
    choices = [
        each
        for each in fitting(desk.policies, "coupon_query", shops, await _price(turn, desk))
        if each.id not in had and not await had_lately(turn, desk, (each,))
    ]
    known = await known_buyers(turn, desk)
    given = give(turn, desk, known, choices, f"asked:{turn.now:%G-%V}")
    return (*known.do, given) if given is not None else known.do


async def _price(turn: Turn, desk: Desk) -> Fen:
    item = turn.focus.get("item", "")
    product = await desk.shops.product_of(read_item(item)) if item else None
    return product.price_low if product is not None else Fen(0)


action = Action(intent="coupon_query", run=run)
