"""退货: the policy in a sentence, a ticket on the order; what is refunded already is told."""

import re
from dataclasses import replace

from actions import order_cancel
from actions.asking import go, to_person
from actions.buyers import own_orders
from actions.going_back import minding_returns
from actions.order_states import (
    ended,
    open_refund,
    refund_phrase,
    sent,
    status_phrase,
    unsent,
    waits_for_goods,
)
from actions.own_order import NO_NUMBER
from actions.tickets import AboutOrder, Plan, about_order, with_order
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.RETURN, Priority.NORMAL, "return.noted", "申请退货")

_ASKS_RULES = re.compile(
    r"无理由|(?:能|可以|可不可以|能不能|支持|包|让|给)(?:不能)?退换?货?(?:款|掉)?(?:吗|么|不|嘛|[?？]|$)|"
    r"退(?:换)?货?(?:政策|规则|规定)|怎么(?:个)?退换?(?:法|的)"
)


def without_ticket(_turn: Turn, order: Order) -> Outcome | None:
    """Answer an order whose refund runs or is done."""
    running = open_refund(order)
    if running is not None:
        status = refund_phrase(running)
    elif ended(order):
        status = status_phrase(order)
    else:
        return None
    key = "return.waiting" if waits_for_goods(order) else "return.running"
    return Outcome((Say(phrase(key, about=about_order(order), status=status), (to_person(),)),))


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Open the ticket on the order; who only asks for the rules, of no order, hears these."""
    if _ASKS_RULES.search(turn.text) and await _of_no_order(turn, desk):
        return Outcome((Say(phrase("return.policy"), (go("return_request"), to_person())),))
    waiting: list[Order] = []

    def special(turn: Turn, order: Order) -> Outcome | None:
        if unsent(order) and open_refund(order) is None:
            waiting.append(order)
            return Outcome()
        return without_ticket(turn, order)

    outcome = await with_order(turn, desk, PLAN, AboutOrder(sent, special))
    return await _cancelled(turn, desk, waiting[0]) if waiting else outcome


async def _cancelled(turn: Turn, desk: Desk, order: Order) -> Outcome:
    """Who wants their money for what was never sent has nothing to send back."""
    meant = replace(turn.understanding, intent=order_cancel.action.intent)
    slots = {**turn.slots, "order_id": order.number}
    return await order_cancel.run(replace(turn, understanding=meant, slots=slots), desk)


async def _of_no_order(turn: Turn, desk: Desk) -> bool:
    if "order_id" in turn.slots or NO_NUMBER in turn.slots:
        return False
    return not (await own_orders(turn, desk)).orders


action = minding_returns(Action(intent="return_request", run=run))
