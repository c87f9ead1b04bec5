"""退货: the policy in a sentence, a ticket on the order; what is refunded already is told."""

from actions.asking import to_person
from actions.going_back import minding_returns
from actions.order_states import (
    ended,
    open_refund,
    refund_phrase,
    sent,
    status_phrase,
    waits_for_goods,
)
from actions.tickets import AboutOrder, Plan, about_order, ticket_action
from desk.commands import Outcome
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

PLAN = Plan(TicketKind.RETURN, Priority.NORMAL, "return.noted", "申请退货")


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


action = minding_returns(
    ticket_action("return_request", PLAN, AboutOrder(sent, without_ticket)),
)
