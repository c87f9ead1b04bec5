"""/coupon: the merchant's coupons, and giving one by hand."""

from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.find import Meant, find_customer, shop_name
from desk.commands import Outcome
from desk.coupons.commands import GrantCoupon
from desk.coupons.gifts import gift
from desk.coupons.model import CouponPolicy, GrantState
from desk.coupons.wording import terms
from desk.front import Desk
from desk.kernel.clock import SHANGHAI
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.roles import Role
from desk.tickets.cards import called


async def run(call: Call, desk: Desk) -> Outcome:
    """List, or give."""
    verb = call.words[0].lower() if call.words else "list"
    if verb in ("list", "列表"):
        return _list(desk)
    if verb in ("give", "发"):
        return await _give(call, desk)
    raise Misused(phrase("cmd.coupon.which_verb", word=verb))


def _list(desk: Desk) -> Outcome:
    if not desk.policies:
        return answer(phrase("cmd.coupon.none"))
    lines = tuple(
        phrase(
            "cmd.coupon.line",
            id=each.id,
            title=each.title,
            terms=terms(each),
            shop=shop_name(each.shop, desk),
        )
        for each in desk.policies
    )
    return answer(phrase("cmd.coupon.list", coupons=lines))


async def _give(call: Call, desk: Desk) -> Outcome:
    if len(call.words) < 3:
        raise Misused(phrase("cmd.coupon.which"))
    policy = _policy(call.words[-1], desk)
    meant = await find_customer(" ".join(call.words[1:-1]), call, desk)
    refused = await _refusal(meant, policy, call, desk)
    if refused is not None:
        return answer(refused)
    return _grant(meant, policy, call)


def _policy(word: str, desk: Desk) -> CouponPolicy:
    for policy in desk.policies:
        if word in (policy.id, policy.title):
            return policy
    raise Misused(phrase("cmd.coupon.unknown", word=word))


async def _refusal(meant: Meant, policy: CouponPolicy, call: Call, desk: Desk) -> Phrase | None:
    shop = shop_name(policy.shop, desk)
    if meant.conversation is None:
        return phrase("cmd.coupon.no_conversation")
    if not any(buyer.shop == policy.shop for buyer in meant.customer.buyers):
        return phrase("cmd.coupon.not_linked", shop=shop)
    day = call.now.astimezone(SHANGHAI).date()
    for grant in await desk.grants.of_customer(meant.customer.id):
        same_day = grant.asked_at.astimezone(SHANGHAI).date() == day
        if grant.policy == policy.id and same_day and grant.state is not GrantState.REFUSED:
            state = Phrase(f"coupon.state.{grant.state}")
            return phrase(
                "cmd.coupon.given_today", title=policy.title, at=grant.asked_at, state=state
            )
    return None


def _grant(meant: Meant, policy: CouponPolicy, call: Call) -> Outcome:
    if meant.conversation is None:
        return answer(phrase("cmd.coupon.no_conversation"))
    buyer = next(each for each in meant.customer.buyers if each.shop == policy.shop)
    subject = gift(call.member.userid, call.now.astimezone(SHANGHAI).date())
    grant = GrantCoupon(meant.customer.id, meant.conversation, policy.id, subject, buyer)
    name = called(meant.customer.nickname)
    return Outcome(
        say=(Say(phrase("cmd.coupon.giving", name=name, title=policy.title)),), do=(grant,)
    )


COMMAND = SlashCommand(
    name="coupon",
    aliases=("发券", "优惠券", "券"),
    summary="cmd.coupon.summary",
    usage="cmd.coupon.usage",
    least=Role.AGENT,
    run=run,
)
