"""价保: a ticket on the order whose price went down; who has not bought yet asks for a price."""

import re
from dataclasses import replace

from actions import price_query
from actions.order_states import ended, unpaid
from actions.tickets import AboutOrder, Plan, with_order
from desk.commands import Outcome
from desk.front import Desk
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.PRICE_PROTECTION, Priority.NORMAL, "protection.noted", "申请价保，核对差价")
_HAGGLES = re.compile(r"能.{0,6}(?:便宜|优惠|打折|少)|(?:便宜|优惠|少)(?:点|些|一点|不|吗|么)")
_HAS_BOUGHT = re.compile(
    r"价保|保价|差价|降|退|补|贵了|买贵|(?:买|拍|下单|付款?)(?:完|了|的|过)|[刚才昨前]"
)


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Have the prices compared; 我买两双能便宜不 is no word on what was bought."""
    answers = turn.understanding.source != "nlu"
    if _HAGGLES.search(turn.text) and not answers and not _HAS_BOUGHT.search(turn.text):
        understanding = replace(turn.understanding, intent="price_query")
        return await price_query.run(replace(turn, understanding=understanding), desk)
    return await with_order(turn, desk, PLAN, AboutOrder(_is_paid))


def _is_paid(order: Order) -> bool:
    return not ended(order) and not unpaid(order)


action = Action(intent="price_protection", run=run)
