"""有什么活动: the coupons that run now; rules, gifts and group buys are asked of a person."""

import re

from actions.coupon_query import held_coupons, held_lines, offer_lines, on_offer
from actions.tickets import Plan, noted, open_ticket
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.CONSULT, Priority.NORMAL, "promotion.noted", "咨询活动", "product")
_DETAILS = re.compile(r"赠|送|拼团|团购|砍|抽奖|以旧换新|规则|怎么参加|怎么玩|预售|定金|秒杀|几点")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """List what runs; what the policy does not tell goes to a person."""
    offered = on_offer(desk, "promotion_query") or on_offer(desk, "coupon_query")
    holds = await held_coupons(turn, desk)
    held, offers = held_lines(holds), offer_lines(offered, holds, desk)
    if not held and not offers:
        return noted(turn, PLAN, None)
    if _DETAILS.search(turn.text):
        said = phrase("promotion.partly", held=held, offers=offers)
        return Outcome((Say(said),), (open_ticket(turn, PLAN, None, asks=False),))
    return Outcome((Say(phrase("promotion.list", held=held, offers=offers)),))


action = Action(intent="promotion_query", run=run)
