"""换货: a ticket on the order, with what is wanted instead; also while a refund runs."""

from actions.order_states import open_refund, refund_phrase, sent, waits_for_goods
from actions.return_request import without_ticket
from actions.tickets import AboutOrder, Plan, about_order, open_ticket, ticket_action
from desk.commands import Outcome
from desk.kernel.messages import Say, phrase
from desk.shops.port import Order
from desk.tickets.model import Priority, TicketKind
from desk.turns import Turn

PLAN = Plan(TicketKind.EXCHANGE, Priority.NORMAL, "exchange.noted", "申请换货")


def _special(turn: Turn, order: Order) -> Outcome | None:
    running = open_refund(order)
    if running is None:
        return without_ticket(turn, order)
    about, status = about_order(order), refund_phrase(running)
    stands = "店铺已同意，等寄回" if waits_for_goods(order) else "还没结束"
    fact = f"这笔有退款申请在走（{stands}），顾客想改成换货，先别退款"
    said = Say(phrase("exchange.refunding", about=about, status=status))
    return Outcome((said,), (open_ticket(turn, PLAN, order, fact),))


action = ticket_action("exchange_request", PLAN, AboutOrder(sent, _special))
